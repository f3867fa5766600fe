/**
 * What the contract needs to know of a backend to test it, and a service with clients for each
 * test. Nothing here tells one backend from another.
 */
import type {
  Acknowledgement,
  Backend,
  BackendSession,
  Batch,
  Capability,
  Credentials,
  Cursor,
  OutgoingMessage,
  PushAddress,
} from '../../src/backends/backend.js'
import type { ConversationId } from '../../src/model/conversation.js'
import type { MessageContent } from '../../src/model/content.js'
import { uuidv7 } from '../../src/model/identity.js'
import { limits as documented } from '../../src/model/limits.js'
import type { ArchivedMessage } from '../../src/model/message.js'
import { privateWith, text } from '../support/backend-messages.js'
import { BackendRecorder } from '../support/backend-recorder.js'

/** Units as in `src/model/limits.ts`. */
export interface ServiceLimits {
  messageSize: number
  /** `Infinity`: none */
  sendRate: number
  groupMembers: number
  fileSize: number
  /** Missed shown messages from which on gaps are reported. */
  catchUpLimit: number
}

export interface BackendUnderTest {
  /** What its sessions say they can do. The tests of other capabilities are left out. */
  capabilities: readonly Capability[]
  /** Means that only some harnesses have. The tests that need others are left out. */
  means: readonly ('systemMessages' | 'linkFailure' | 'expiringTokens' | 'samePlaces')[]
  /** Limits that its service can't but keep, where they are lower than the documented ones. */
  limits?: Partial<ServiceLimits>
  /** A service that keeps these limits. It may be used by one test after another. */
  setUp(limits: ServiceLimits): Promise<BackendHarness>
}

export interface BackendHarness {
  backend: Backend
  /** The token of a user, who exists from then on. */
  tokenOf(userId: string): string | Promise<string>
  /** If the harness has the means. */
  expiredTokenOf?(userId: string): string | Promise<string>
  /** The server's own voice, if the harness has the means. */
  sendSystemMessage?(
    userId: string,
    message: { senderUserId: string; messageType: string; content: MessageContent },
  ): Promise<unknown>
  /** A browser that can be pushed to, where sessions have `push`. */
  newBrowser?(): Promise<PushedBrowser>
  /** Waits until the service has noticed that no session of a user is left, likewise. */
  untilAway?(userId: string): Promise<void>
  /** Breaks the links of all sessions, if the harness has the means. New ones can be made. */
  breakLinks?(): void | Promise<void>
  tearDown(): Promise<void>
}

/** A browser in which no page is open, as its push service has it. */
export interface PushedBrowser {
  address: PushAddress
  /** The next push to it, as its service worker reads it. */
  isTold(): Promise<Record<string, unknown>>
}

/** One user's device, connected. */
export class Client {
  constructor(
    readonly session: BackendSession,
    readonly received: BackendRecorder,
  ) {}

  get userId(): string {
    return this.session.userId
  }

  /** Sends and gives the message as the archive has it, from the sender's side. */
  async sends(message: OutgoingMessage): Promise<ArchivedMessage> {
    const acknowledgement: Acknowledgement = await this.session.send(message)
    return { ...message, senderUserId: this.userId, ...acknowledgement }
  }

  says(conversation: ConversationId, words: string): Promise<ArchivedMessage> {
    return this.sends(text(conversation, words))
  }

  /** Several messages, one after the other. */
  async saysAll(
    conversation: ConversationId,
    words: readonly string[],
  ): Promise<ArchivedMessage[]> {
    const sent: ArchivedMessage[] = []
    for (const it of words) sent.push(await this.says(conversation, it))
    return sent
  }

  async catchUp(cursor: Cursor | undefined): Promise<Batch[]> {
    const batches: Batch[] = []
    for await (const batch of this.session.catchUp(cursor)) batches.push(batch)
    return batches
  }

  /** The cursor of somebody who has seen everything. */
  async cursor(): Promise<Cursor> {
    return (await this.catchUp(undefined)).at(-1)!.cursor
  }
}

export interface ConnectOverrides extends Partial<Credentials> {
  received?: BackendRecorder
}

/** The service of the running test. */
export class ServiceUnderTest {
  harness!: BackendHarness
  #clients: Client[] = []

  constructor(
    readonly backend: BackendUnderTest,
    readonly limits: ServiceLimits,
  ) {}

  has(capability: Capability): boolean {
    return this.backend.capabilities.includes(capability)
  }

  /** An id nobody had before. */
  newUser(name: string): string {
    return `${name}-${uuidv7()}`
  }

  async connect(userId: string, overrides: ConnectOverrides = {}): Promise<Client> {
    const { received = new BackendRecorder(), ...credentials } = overrides
    const session = await this.harness.backend.connect(
      {
        appkey: 'contract',
        token: credentials.token ?? (await this.harness.tokenOf(userId)),
        deviceId: uuidv7(),
        ...credentials,
      },
      received,
    )
    const client = new Client(session, received)
    this.#clients.push(client)
    return client
  }

  /** New users, each with one device. */
  connectNew(...names: string[]): Promise<Client[]> {
    return Promise.all(names.map((name) => this.connect(this.newUser(name))))
  }

  /** Two users who see each other: `toBob` is what Alice calls the conversation. */
  async connectPair() {
    const [alice, bob] = (await this.connectNew('alice', 'bob')) as [Client, Client]
    return { alice, bob, toBob: privateWith(bob.userId), toAlice: privateWith(alice.userId) }
  }

  async setUp(): Promise<void> {
    this.harness = await this.backend.setUp(this.limits)
  }

  async tearDown(): Promise<void> {
    const clients = this.#clients.splice(0)
    await Promise.all(clients.map(({ session }) => session.close()))
    await this.harness.tearDown()
  }
}

/** To be called within a `describe`: a service for each of its tests. */
export function useService(
  backend: BackendUnderTest,
  limits: Partial<ServiceLimits> = {},
): ServiceUnderTest {
  const { messageSize, groupMembers, fileSize } = documented
  const service = new ServiceUnderTest(backend, {
    messageSize,
    groupMembers,
    fileSize,
    sendRate: Infinity,
    ...backend.limits,
    catchUpLimit: 2000,
    ...limits,
  })
  beforeEach(() => service.setUp())
  afterEach(() => service.tearDown())
  return service
}
