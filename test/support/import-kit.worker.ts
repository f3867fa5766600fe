/** Imports the kit in a worker, which has no document, as a server has none. */
import { imkit } from '../../src/kit/index.js'

postMessage({
  hasDocument: 'document' in globalThis,
  lang: imkit.lang,
  isReady: imkit.isReady,
})
