/**
 * A real server (server/start-server.js) for tests in a page, which comes from another origin than
 * the server. Web Test Runner starts it when it is asked for the first time; without ejabberd on
 * this machine that fails and says so.
 */
import { executeServerCommand } from '@web/test-runner-commands'
import type { PushAddress } from '../../src/backends/backend.js'

export interface ServerSetup {
  /** of ejabberd, as `24.12`; the newest there is */
  version?: string
  database?: 'sqlite' | 'postgres'
  /** largest upload, in bytes */
  fileSize?: number
  /** `false`: a server without imkit's own modules */
  hasOwnModules?: boolean
  /** with a companion beside it, which needs `postgres` */
  hasCompanion?: boolean
  /** what the files of one user may take up, in bytes */
  uploadQuota?: number
  /** reached over a link alone, its files too: `ownLink`; of a server of one's own */
  isBehindLink?: boolean
}

/** A Prosody (server/start-prosody.js), which knows its users by passwords. */
export class TestProsody {
  private constructor(
    private readonly started: Pick<Started, 'id' | 'url' | 'domain' | 'version'>,
  ) {}

  /** One for all tests that ask for the same. @param without modules it is started without */
  static async shared(
    options: { without?: string[]; fileSize?: number } = {},
  ): Promise<TestProsody> {
    return new TestProsody(await executeServerCommand('server-start-prosody', { options }))
  }

  /** of its WebSocket */
  get url(): string {
    return this.started.url
  }

  get domain(): string {
    return this.started.domain
  }

  /** @param local the part of the address before the `@` */
  async createUser(local: string, password: string): Promise<void> {
    const user = { server: this.started.id, localpart: local, password }
    await executeServerCommand('server-create-prosody-user', user)
  }

  /** A way of one's own to the server, which can break. */
  async openLink(): Promise<Link> {
    return new Link(await executeServerCommand('server-open-link', { server: this.started.id }))
  }
}

interface Started {
  id: string
  url: string
  uploadUrl: string
  domain: string
  version: string
  key: JsonWebKey
}

export class TestServer {
  private constructor(private readonly started: Started) {}

  /** One for all tests that ask for the same. They must do it no harm. */
  static async shared(options: ServerSetup = {}): Promise<TestServer> {
    return new TestServer(await executeServerCommand('server-start', { options, isShared: true }))
  }

  /** One for this test alone: to be killed, and stopped in the end. */
  static async own(options: ServerSetup = {}): Promise<TestServer> {
    return new TestServer(await executeServerCommand('server-start', { options, isShared: false }))
  }

  /** of its WebSocket */
  get url(): string {
    return this.started.url
  }

  get uploadUrl(): string {
    return this.started.uploadUrl
  }

  get domain(): string {
    return this.started.domain
  }

  get version(): string {
    return this.started.version
  }

  /** Makes a user others can write to. @param local the part before the `@` */
  async createUser(local: string): Promise<void> {
    await this.#command('server-create-user', { localpart: local })
  }

  /**
   * Signs a token, as an application's server does.
   * @param local the part before the `@`
   * @param lifetime seconds; negative: it has expired
   */
  tokenOf(local: string, lifetime?: number): Promise<string> {
    return signedToken(this.started, local, lifetime)
  }

  /** Runs a command of the server's REST API, as an application's server does. */
  call(command: string, parameters: object): Promise<unknown> {
    return this.#command('server-call', { command, parameters })
  }

  /** Lets it stand still, without a sign of it, or go on. */
  async stall(isStalled: boolean): Promise<void> {
    await this.#command('server-stall', { isStalled })
  }

  /** As a power failure would. `restart` brings it back, on the same ports with the same data. */
  async kill(): Promise<void> {
    await this.#command('server-kill')
  }

  async restart(): Promise<void> {
    await this.#command('server-restart')
  }

  async stop(): Promise<void> {
    await this.#command('server-stop')
  }

  /** The one that all its addresses lead over, where it was started behind one. */
  get ownLink(): Link {
    return new Link({ id: `link of ${this.started.id}`, url: this.url })
  }

  /** Logs in a client of another make. @param local the part of the address before the `@` */
  async logInForeigner(local: string): Promise<Foreigner> {
    const login = { localpart: local, token: await this.tokenOf(local) }
    return new Foreigner(await this.#command<string>('server-log-in-foreigner', login))
  }

  /** A browser that can be pushed to, where there is a companion. */
  async newBrowser(): Promise<PushedBrowser> {
    return new PushedBrowser(await this.#command<OpenedBrowser>('server-new-browser'))
  }

  /** A way of one's own to the server, which can break. */
  async openLink(): Promise<Link> {
    return new Link(await this.#command<OpenedLink>('server-open-link'))
  }

  #command<Result>(command: string, payload: object = {}): Promise<Result> {
    return executeServerCommand(command, { server: this.started.id, ...payload })
  }
}

/** Two nodes that are one server, behind HAProxy, for one test alone. */
export class TestCluster {
  private constructor(private readonly started: Pick<Started, 'id' | 'url' | 'domain' | 'key'>) {}

  static async own(): Promise<TestCluster> {
    return new TestCluster(await executeServerCommand('cluster-start'))
  }

  /** of HAProxy, which leads to a node that is well */
  get url(): string {
    return this.started.url
  }

  get domain(): string {
    return this.started.domain
  }

  /** @param local the part of the address before the `@` */
  async createUser(local: string): Promise<void> {
    await this.#command('cluster-create-user', { localpart: local })
  }

  tokenOf(local: string, lifetime?: number): Promise<string> {
    return signedToken(this.started, local, lifetime)
  }

  /** As a power failure would. @param node 0 or 1 */
  async kill(node: number): Promise<void> {
    await this.#command('cluster-kill-node', { node })
  }

  async restart(node: number): Promise<void> {
    await this.#command('cluster-restart-node', { node })
  }

  async stop(): Promise<void> {
    await this.#command('cluster-stop')
  }

  #command(command: string, payload: object = {}): Promise<unknown> {
    return executeServerCommand(command, { cluster: this.started.id, ...payload })
  }
}

/** What a client of another make has seen: `slixmpp-client.py` says what there is. */
export type Seen = Record<string, string> & { event: string }

/** A client of another make, in a process of its own. */
export class Foreigner {
  constructor(private readonly id: string) {}

  /** Has it do something of `slixmpp-client.py`. */
  does(action: string, parameters: object = {}): Promise<string> {
    return this.#command('server-tell-foreigner', { order: { do: action, ...parameters } })
  }

  /** The first of what it saw, or will see, in which all of this is the same; given once. */
  sees(wanted: Partial<Seen>): Promise<Seen> {
    return this.#command('server-foreigner-sees', { wanted })
  }

  async stop(): Promise<void> {
    await this.#command('server-stop-foreigner')
  }

  #command<Result>(command: string, payload: object = {}): Promise<Result> {
    return executeServerCommand(command, { foreigner: this.id, ...payload })
  }
}

interface OpenedBrowser {
  id: string
  address: PushAddress
}

/** A browser nobody has a page open in. */
export class PushedBrowser {
  constructor(private readonly opened: OpenedBrowser) {}

  /** As the browser's own push service would reach it. */
  get address(): PushAddress {
    return this.opened.address
  }

  /** The next push to it, as its service worker reads it. */
  isTold(): Promise<Record<string, unknown>> {
    return executeServerCommand('server-browser-is-told', { browser: this.opened.id })
  }
}

interface OpenedLink {
  id: string
  url: string
}

/** A way to a server, for its WebSocket and its files. */
export class Link {
  constructor(private readonly opened: OpenedLink) {}

  /** of the server's WebSocket, by this way */
  get url(): string {
    return this.opened.url
  }

  /** Breaks all connections: no goodbye, no close frame. New ones can be made. */
  async cut(): Promise<void> {
    await this.#command('server-cut-link')
  }

  /** Lets nothing through any more, without a sign of it, or everything again. */
  async stall(isStalled: boolean): Promise<void> {
    await this.#command('server-stall-link', { isStalled })
  }

  /** Answers every new request with an HTTP status, or lets them all through again. */
  async refuse(status: number | undefined): Promise<void> {
    await this.#command('server-refuse-on-link', { status })
  }

  /** Answers every file that is put with an HTTP status that pages see, or lets them through again. */
  async refuseFiles(status: number | undefined): Promise<void> {
    await this.#command('server-refuse-files-on-link', { status })
  }

  async close(): Promise<void> {
    await this.#command('server-close-link')
  }

  #command(command: string, payload: object = {}): Promise<unknown> {
    return executeServerCommand(command, { link: this.opened.id, ...payload })
  }
}

const encoder = new TextEncoder()

async function signedToken(
  { domain, key }: Pick<Started, 'domain' | 'key'>,
  local: string,
  lifetime = 3600,
): Promise<string> {
  const claims = { sub: `${local}@${domain}`, exp: Math.floor(Date.now() / 1000) + lifetime }
  const signed = [{ alg: 'HS256', typ: 'JWT' }, claims]
    .map((part) => base64url(encoder.encode(JSON.stringify(part))))
    .join('.')
  const algorithm = { name: 'HMAC', hash: 'SHA-256' }
  const signing = await crypto.subtle.importKey('jwk', key, algorithm, false, ['sign'])
  const signature = await crypto.subtle.sign('HMAC', signing, encoder.encode(signed))
  return `${signed}.${base64url(new Uint8Array(signature))}`
}

function base64url(bytes: Uint8Array): string {
  return btoa(String.fromCharCode(...bytes))
    .replaceAll('+', '-')
    .replaceAll('/', '_')
    .replaceAll('=', '')
}
