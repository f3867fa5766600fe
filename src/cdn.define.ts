/**
 * The file for pages without a bundler, `imkit/dist/cdn/imkit.js`: registers the elements and has
 * `imkit`, `local`, and Lit's `html` for what a page draws itself.
 */
import './define.js'

export * from './kit/index.js'
export { local, localToken } from './backends/local/index.js'
export type { LocalOptions } from './backends/local/index.js'
export { startNotifications } from './kit/notifications/index.js'
export { html, nothing, svg } from 'lit'
