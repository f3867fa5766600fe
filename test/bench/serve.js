// Builds the pages and serves them: built, because that is what an application ships.

import { mkdtempSync, readdirSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { build, preview } from 'vite'
import { freePort } from '../../scripts/free-port.js'

/**
 * @typedef {object} Pages
 * @property {string} address
 * @property {() => Promise<void>} close
 */

const here = import.meta.dirname

/**
 * A name of this machine that does not begin with `localhost`: on pages of those addresses Dexie
 * works slower, for developers to see more of it. A browser knows where it is without asking.
 */
const hostname = 'bench.localhost'

/** @returns {Promise<Pages>} */
export async function servePages(/** @type {{ withPeers: boolean }} */ { withPeers }) {
  const outDir = mkdtempSync(join(tmpdir(), 'imkit-bench-pages-'))
  const folders = withPeers ? ['page', 'peers'] : ['page']
  await build({
    configFile: false,
    root: here,
    base: './',
    logLevel: 'warn',
    publicDir: false,
    build: {
      outDir,
      emptyOutDir: true,
      target: 'es2022',
      chunkSizeWarningLimit: Infinity,
      rolldownOptions: { input: folders.flatMap(htmlOf) },
    },
  })
  const port = await freePort()
  const server = await preview({
    configFile: false,
    root: here,
    logLevel: 'warn',
    plugins: [lateImages()],
    build: { outDir },
    preview: { host: '127.0.0.1', port, strictPort: true },
  })
  return {
    address: `http://${hostname}:${port}`,
    close: async () => {
      await server.close()
      rmSync(outDir, { recursive: true, force: true })
    },
  }
}

function htmlOf(/** @type {string} */ folder) {
  return readdirSync(join(here, folder))
    .filter((file) => file.endsWith('.html'))
    .map((file) => join(here, folder, file))
}

/**
 * `/late/<milliseconds>/<name>.svg`: a picture that takes its time.
 *
 * @returns {import('vite').Plugin}
 */
function lateImages() {
  const picture =
    '<svg xmlns="http://www.w3.org/2000/svg" width="240" height="320"><rect width="240" height="320" fill="#7a9"/></svg>'
  return {
    name: 'bench:late-images',
    configurePreviewServer: (server) =>
      void server.middlewares.use((request, response, next) => {
        const match = /^\/late\/(\d+)\//.exec(request.url ?? '')
        if (!match) return next()
        setTimeout(() => {
          response.writeHead(200, { 'Content-Type': 'image/svg+xml', 'Cache-Control': 'no-store' })
          response.end(picture)
        }, Number(match[1]))
      }),
  }
}
