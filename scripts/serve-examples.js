// Serves the built examples for their tests, as a plain file server would: each under a name of its
// own (http://vue.localhost:…), and so with databases of its own.

import { createReadStream, existsSync, statSync } from 'node:fs'
import { createServer } from 'node:http'
import { extname, join, normalize } from 'node:path'
import { argv } from 'node:process'
import { pathToFileURL } from 'node:url'
import { root } from './set-up.js'

/** @type {Record<string, string>} */
const types = {
  '.css': 'text/css',
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript',
  '.svg': 'image/svg+xml',
}

export function serveExamples(/** @type {number} */ port) {
  const server = createServer((request, response) => {
    const file = fileOf(new URL(request.url ?? '/', `http://${request.headers.host}`))
    if (!file) return response.writeHead(404).end()
    const type = types[extname(file)] ?? 'application/octet-stream'
    response.writeHead(200, { 'Content-Type': type })
    createReadStream(file).pipe(response)
  })
  return server.listen(port, '127.0.0.1')
}

/** @param {URL} address */
function fileOf({ hostname, pathname }) {
  const example = join(root, 'examples', hostname.replace(/\.localhost$/, ''))
  const built = join(example, 'dist')
  // Plain HTML is served as it is written.
  const folder = existsSync(built) ? built : example
  const file = join(folder, normalize(decodeURIComponent(pathname)).replace(/\/$/, '/index.html'))
  const isThere = statSync(file, { throwIfNoEntry: false })?.isFile()
  return isThere && file.startsWith(folder) ? file : undefined
}

if (argv[1] && import.meta.url === pathToFileURL(argv[1]).href) serveExamples(Number(argv[2]))
