/** Backends over one fake server, each as a tab would have it that shares its connection. */
import type {
  Backend,
  BackendSession,
  BackendSink,
  Batch,
  Credentials,
  UploadOptions,
} from '../../src/backends/backend.js'
import { sharedConnection } from '../../src/backends/shared/index.js'
import { BackendRecorder } from './backend-recorder.js'

/** A fake server whose sessions do what a test wants. */
export class FakeServer {
  /** Sessions there were, in order. */
  readonly sessions: FakeSession[] = []
  /** Called at each attempt to connect; may wait or throw. */
  onConnect: (credentials: Credentials) => void | Promise<void> = () => undefined
  /** Called by each call, with its name and values; what it gives is the answer. */
  onCall: (name: string, ...values: unknown[]) => unknown = () => undefined
  hasGroups = true
  /** What catching up brings after a cursor. */
  stream: (cursor: string | undefined) => AsyncIterable<Batch> = async function* () {}

  /** The newest session. */
  get session(): FakeSession {
    return this.sessions.at(-1)!
  }
}

/** Tokens are the user's id, a colon and anything. */
export class FakeBackend implements Backend {
  readonly name = 'fake'

  constructor(private readonly server: FakeServer) {}

  userIdOf(token: string): string | undefined {
    return token.split(':')[0] || undefined
  }

  async connect(credentials: Credentials, sink: BackendSink): Promise<BackendSession> {
    const session = new FakeSession(this.server, credentials, sink)
    await this.server.onConnect(credentials)
    this.server.sessions.push(session)
    return session
  }
}

export class FakeSession implements BackendSession {
  readonly userId: string
  readonly capabilities = new Set(['recall', 'groups', 'files'] as const)
  readonly groups: BackendSession['groups']
  isClosed = false

  constructor(
    private readonly server: FakeServer,
    readonly credentials: Credentials,
    readonly sink: BackendSink,
  ) {
    this.userId = credentials.token.split(':')[0]!
    if (server.hasGroups) this.groups = this.#part('groups') as BackendSession['groups']
  }

  readonly settings = this.#part('settings') as BackendSession['settings']

  readonly files = {
    upload: (file: Blob, options?: UploadOptions) =>
      this.#call('files.upload', file, options) as Promise<{ uri: string }>,
    url: (uri: string) => this.#call('files.url', uri) as Promise<string>,
  }

  serverTime = () => 5_000

  send = (message: unknown) => this.#call('send', message) as ReturnType<BackendSession['send']>

  history = (query: unknown) =>
    this.#call('history', query) as ReturnType<BackendSession['history']>

  catchUp = (cursor: string | undefined) => this.server.stream(cursor)

  close(): Promise<void> {
    this.isClosed = true
    return Promise.resolve()
  }

  async #call(name: string, ...values: unknown[]): Promise<unknown> {
    return this.server.onCall(name, ...values)
  }

  #part(name: string): unknown {
    return new Proxy(
      {},
      {
        get:
          (_, call) =>
          (...values: unknown[]) =>
            this.#call(`${name}.${String(call)}`, ...values),
      },
    )
  }
}

export interface OpenTab {
  session: BackendSession
  received: BackendRecorder
}

/** Tabs of one test: all that were opened can be closed at its end. */
export class Tabs {
  #open: BackendSession[] = []

  constructor(
    readonly server: FakeServer,
    readonly device: string,
  ) {}

  async open(overrides: Partial<Credentials> = {}, address?: string): Promise<OpenTab> {
    const received = new BackendRecorder()
    const session = await sharedConnection(new FakeBackend(this.server), address).connect(
      { appkey: 'app', token: 'alice:1', deviceId: this.device, ...overrides },
      received,
    )
    this.#open.push(session)
    return { session, received }
  }

  async closeAll(): Promise<void> {
    await Promise.all(this.#open.splice(0).map((session) => session.close()))
  }
}
