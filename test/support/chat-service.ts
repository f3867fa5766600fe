/**
 * Clients of one embedded service, for tests of the core: each user may have several devices, each
 * device several tabs. Every device has a network and timers of its own.
 */
import { waitUntil } from '@open-wc/testing'
import { local, localToken, type LocalOptions } from '../../src/backends/local/index.js'
import type { Backend } from '../../src/backends/backend.js'
import { IMClient, type IMClientOptions } from '../../src/core/client.js'
import type { IMClientEvents } from '../../src/core/client-events.js'
import type { Conversation } from '../../src/core/conversation.js'
import type { HistoryRange } from '../../src/core/history.js'
import type { SendOptions } from '../../src/core/envelope.js'
import { ConnectionStatus } from '../../src/model/connection-status.js'
import type { ConversationId } from '../../src/model/conversation.js'
import { uuidv7 } from '../../src/model/identity.js'
import { MessageType } from '../../src/model/message-types.js'
import type { Message } from '../../src/model/message.js'
import { privateWith } from './backend-messages.js'
import { FlakyBackend } from './flaky-backend.js'
import { ManualTimers } from './manual-timers.js'

const eventNames: (keyof IMClientEvents)[] = [
  'status',
  'opened',
  'closing',
  'closed',
  'change',
  'messages',
  'offlineMessagesPulled',
  'readReceipt',
  'receiptRequest',
  'receiptResponse',
  'recalled',
  'expansion',
  'modified',
  'reaction',
  'typing',
  'groups',
  'blockList',
  'presence',
  'upload',
  'statusMessage',
  'sending',
  'sent',
  'sendFailed',
]

/** Waits for what a test expects; the name says what did not come. */
export async function eventually(name: string, check: () => unknown): Promise<void> {
  await waitUntil(async () => Boolean(await check()), name, { interval: 10, timeout: 25_000 })
}

export const textOf = ({ content }: Message): string => content.content

/** One client, and all that it has told. */
export class Tab<Network extends Backend = FlakyBackend> {
  readonly client: IMClient
  readonly timers = new ManualTimers()
  readonly reports: unknown[] = []
  /** Names of the events, in order. */
  readonly told: (keyof IMClientEvents)[] = []
  #details = new Map<keyof IMClientEvents, unknown[]>()

  constructor(
    readonly network: Network,
    readonly userId: string,
    readonly appkey: string,
    options: Partial<IMClientOptions> = {},
  ) {
    this.client = new IMClient({
      appkey,
      backend: network,
      schedule: this.timers.schedule,
      report: (error) => this.reports.push(error),
      ...options,
    })
    for (const name of eventNames) {
      this.client.events.on(name, (detail: unknown) => {
        this.told.push(name)
        this.#details.set(name, [...this.heard(name), detail])
      })
    }
  }

  /** What came with every event of a name, in order. */
  heard<Name extends keyof IMClientEvents>(name: Name): IMClientEvents[Name][] {
    return (this.#details.get(name) ?? []) as IMClientEvents[Name][]
  }

  get received(): Message[] {
    return this.heard('messages').flatMap(({ messages }) => messages)
  }

  /** Logs in and waits until everything missed is here. */
  async online(): Promise<this> {
    const before = this.heard('offlineMessagesPulled').length
    await this.client.connect(localToken(this.userId))
    await eventually(
      `${this.userId} catches up`,
      () => this.heard('offlineMessagesPulled').length > before,
    )
    return this
  }

  untilStatus(status: ConnectionStatus): Promise<void> {
    return eventually(`status ${ConnectionStatus[status]}`, () => this.client.status === status)
  }

  say(conversation: ConversationId, content: string, options?: SendOptions): Promise<Message> {
    return this.client.sender.send(
      conversation,
      { messageType: MessageType.TEXT, content: { content } },
      options,
    )
  }

  /** As `say`, without waiting for the server. */
  post(conversation: ConversationId, content: string, options?: SendOptions): Promise<Message> {
    return this.client.sender.post(
      conversation,
      { messageType: MessageType.TEXT, content: { content } },
      options,
    )
  }

  async messages(
    conversation: ConversationId,
    range: HistoryRange = { count: 100 },
  ): Promise<Message[]> {
    return (await this.client.reader.history(conversation, range)).messages
  }

  async texts(conversation: ConversationId, range?: HistoryRange): Promise<string[]> {
    return (await this.messages(conversation, range)).map(textOf)
  }

  conversation(conversation: ConversationId): Promise<Conversation> {
    return this.client.conversations.get(conversation)
  }

  async unread(conversation: ConversationId): Promise<number> {
    return (await this.conversation(conversation)).unreadMessageCount
  }

  /** Waits until the message is stored here, by its text. */
  async has(conversation: ConversationId, text: string): Promise<Message> {
    let found: Message | undefined
    await eventually(`${this.userId} has "${text}"`, async () => {
      const { messages } = await this.client.reader.history(conversation, { count: 100 })
      found = messages.find((message) => textOf(message) === text)
      return found
    })
    return found!
  }
}

export class Device extends Tab {
  /** The link breaks, and stays so. */
  async cut(): Promise<void> {
    this.network.cut()
    await eventually(
      `${this.userId} notices`,
      () => this.client.status !== ConnectionStatus.CONNECTED,
    )
  }

  /** The link is back, and the client has connected and caught up again. */
  async reconnect(): Promise<void> {
    const before = this.heard('offlineMessagesPulled').length
    this.network.restore()
    this.timers.runAll()
    await eventually(
      `${this.userId} catches up again`,
      () => this.heard('offlineMessagesPulled').length > before,
    )
  }
}

export class ChatService {
  readonly options: LocalOptions
  readonly backend: ReturnType<typeof local>
  #tabs: Tab<Backend>[] = []

  constructor(options: LocalOptions = {}) {
    const limits = { sendRate: Infinity, ...options.limits }
    this.options = { name: `service-${uuidv7()}`, pollInterval: 100_000, ...options, limits }
    this.backend = local(this.options)
  }

  /** A device with a database of its own. Not connected. */
  device(userId: string, options: Partial<IMClientOptions> = {}): Device {
    return this.#add(new Device(new FlakyBackend(this.backend), userId, `app-${uuidv7()}`, options))
  }

  /** A device on another way to the service. */
  deviceOn(userId: string, network: FlakyBackend): Device {
    return this.#add(new Device(network, userId, `app-${uuidv7()}`))
  }

  /** Another tab of a device: the same database, another connection. */
  tabOf(device: Device): Device {
    return this.#add(new Device(new FlakyBackend(this.backend), device.userId, device.appkey))
  }

  /** Two who can talk to each other, connected. */
  async pair() {
    const alice = await this.device('alice').online()
    const bob = await this.device('bob').online()
    return { alice, bob, toBob: privateWith('bob'), toAlice: privateWith('alice') }
  }

  async end(): Promise<void> {
    const tabs = this.#tabs.splice(0)
    await Promise.all(tabs.map(({ client }) => client.disconnect()))
    await Promise.all(tabs.map(({ client, userId }) => client.clearLocalData(userId)))
    await this.backend.destroy()
  }

  #add<Added extends Tab<Backend>>(tab: Added): Added {
    this.#tabs.push(tab)
    return tab
  }
}

/** To be called within a `describe`: a service for each of its tests. */
export function useChat(options: LocalOptions = {}): { readonly service: ChatService } {
  const held = { service: undefined as unknown as ChatService }
  beforeEach(() => {
    held.service = new ChatService(options)
  })
  afterEach(() => held.service.end())
  return held
}
