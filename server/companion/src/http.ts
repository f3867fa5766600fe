/** What is asked by HTTP: whether all is well, and in a demo for tokens. */
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'

export interface HttpParts {
  /** What is not well, by part; empty when all is. */
  problems(): Promise<Record<string, string>>
  /** Absent: there are no tokens here. */
  tokenFor?: (userId: string) => string
}

/** Characters of a user's id, as the client has them. */
const longestId = 64

export class HttpEndpoint {
  readonly #server: Server

  constructor(readonly parts: HttpParts) {
    this.#server = createServer((request, response) => {
      this.#answer(request, response).catch(() => respond(response, 500, { error: 'failed' }))
    })
    // Nobody here sends bodies, or takes long.
    this.#server.requestTimeout = 5_000
    this.#server.headersTimeout = 5_000
  }

  /** @returns the port, which the system chose if it was 0 */
  async start(address: string, port: number): Promise<number> {
    await new Promise<void>((resolve, reject) => {
      this.#server.once('error', reject)
      this.#server.listen(port, address, resolve)
    })
    return (this.#server.address() as AddressInfo).port
  }

  async stop(): Promise<void> {
    this.#server.closeAllConnections()
    await new Promise((resolve) => this.#server.close(resolve))
  }

  async #answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    request.resume()
    const url = new URL(request.url ?? '/', 'http://localhost')
    if (request.method !== 'GET') return respond(response, 405, { error: 'only GET' })
    if (url.pathname === '/healthz') {
      const problems = await this.parts.problems()
      return respond(response, Object.keys(problems).length === 0 ? 200 : 503, { problems })
    }
    if (url.pathname === '/token' && this.parts.tokenFor) {
      const userId = url.searchParams.get('userId') ?? ''
      if (userId === '' || userId.length > longestId) {
        return respond(response, 400, { error: `userId has 1 to ${longestId} characters` })
      }
      response.setHeader('access-control-allow-origin', '*')
      return respond(response, 200, { userId, token: this.parts.tokenFor(userId) })
    }
    respond(response, 404, { error: 'nothing here' })
  }
}

function respond(response: ServerResponse, status: number, body: unknown): void {
  response.writeHead(status, { 'content-type': 'application/json', 'cache-control': 'no-store' })
  response.end(JSON.stringify(body))
}
