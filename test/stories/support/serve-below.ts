/** A plain server of files that has a folder below a path of its own, and nothing else. */
import { createReadStream, statSync } from 'node:fs'
import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { extname, join, normalize } from 'node:path'

const types: Record<string, string> = {
  '.css': 'text/css',
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript',
  '.json': 'application/json',
  '.png': 'image/png',
  '.svg': 'image/svg+xml',
  '.woff2': 'font/woff2',
}

/**
 * @param path with a slash at both ends
 * @returns the address of the folder, and the server to be closed
 */
export async function serveBelow(
  path: string,
  folder: string,
): Promise<{ address: string; server: Server }> {
  const server = createServer((request, response) => {
    const { pathname } = new URL(request.url ?? '/', 'http://localhost')
    const below = pathname.startsWith(path) ? decodeURIComponent(pathname.slice(path.length)) : '..'
    const file = join(folder, normalize(below || 'index.html'))
    const isThere =
      file.startsWith(folder) && statSync(file, { throwIfNoEntry: false })?.isFile() === true
    if (!isThere) return void response.writeHead(404).end()
    response.writeHead(200, { 'Content-Type': types[extname(file)] ?? 'application/octet-stream' })
    createReadStream(file).pipe(response)
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as AddressInfo
  return { address: `http://127.0.0.1:${port}${path}`, server }
}
