// What browsers' makers run: takes pushes for browsers (RFC 8030), here one for each test.

import { createECDH, randomBytes, randomUUID } from 'node:crypto'
import { createServer } from 'node:http'
import ece from 'http_ece'
/** Milliseconds for a push. */
const patience = 10_000

/** @typedef {{ path: string, headers: import('node:http').IncomingHttpHeaders, body: Buffer }} Pushed */

export class FakePushService {
  /** @type {Pushed[]} */
  came = []
  /** What each path is answered with; 201 if nothing is said. */
  statuses = new Map()
  #waiting = new Set()
  #origin

  /** @param {string} origin where it is, as `http://127.0.0.1:1234` */
  constructor(origin) {
    this.#origin = origin
  }

  #server = createServer((request, response) => {
    /** @type {Buffer[]} */
    const chunks = []
    request.on('data', (chunk) => chunks.push(chunk))
    request.on('end', () => {
      const path = request.url ?? ''
      response.writeHead(this.statuses.get(path) ?? 201).end()
      this.came.push({ path, headers: request.headers, body: Buffer.concat(chunks) })
      for (const look of this.#waiting) look()
    })
  })

  async start() {
    const { hostname, port } = new URL(this.#origin)
    await new Promise((resolve) => this.#server.listen(Number(port), hostname, () => resolve(0)))
  }

  async stop() {
    this.#server.closeAllConnections()
    await new Promise((resolve) => this.#server.close(resolve))
  }

  /** A browser that has let itself be pushed to. */
  newBrowser() {
    const keys = createECDH('prime256v1')
    const p256dh = keys.generateKeys().toString('base64url')
    const secret = randomBytes(16)
    const path = `/${randomUUID()}`
    return {
      path,
      subscription: {
        endpoint: `${this.#origin}${path}`,
        p256dh,
        auth: secret.toString('base64url'),
      },
      /** The next push to it, as its service worker reads it. @returns {Promise<Record<string, unknown>>} */
      receives: async () => {
        const { body } = await this.#next(path)
        const text = ece.decrypt(body, {
          version: 'aes128gcm',
          privateKey: keys,
          authSecret: secret,
        })
        return JSON.parse(text.toString())
      },
      next: () => this.#next(path),
    }
  }

  /** @returns {Promise<Pushed>} */
  #next(/** @type {string} */ path) {
    return new Promise((resolve, reject) => {
      const timer = setTimeout(() => {
        this.#waiting.delete(look)
        reject(new Error('No push came.'))
      }, patience)
      const look = () => {
        const index = this.came.findIndex((it) => it.path === path)
        const [pushed] = index < 0 ? [] : this.came.splice(index, 1)
        if (!pushed) return
        clearTimeout(timer)
        this.#waiting.delete(look)
        resolve(pushed)
      }
      this.#waiting.add(look)
      look()
    })
  }
}
