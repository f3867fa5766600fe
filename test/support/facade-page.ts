/** A page written against the original's core client: Alice's, next to others' clients of one service. */
import { deleteDatabase } from '../../src/database/open.js'
import { localToken, type LocalOptions } from '../../src/backends/local/index.js'
import { uuidv7 } from '../../src/model/identity.js'
import * as RongIMLib from '../../src/rongcloud/imlib.js'
import type { EventListeners } from '../../src/rongcloud/events.js'
import { ChatService, eventually } from './chat-service.js'
import { FlakyBackend } from './flaky-backend.js'

type Told = keyof EventListeners

const told: readonly Told[] = [
  RongIMLib.Events.CONNECTING,
  RongIMLib.Events.CONNECTED,
  RongIMLib.Events.DISCONNECT,
  RongIMLib.Events.SUSPEND,
  RongIMLib.Events.MESSAGES,
  RongIMLib.Events.READ_RECEIPT_RECEIVED,
  RongIMLib.Events.MESSAGE_RECEIPT_REQUEST,
  RongIMLib.Events.MESSAGE_RECEIPT_RESPONSE,
  RongIMLib.Events.CONVERSATION,
  RongIMLib.Events.EXPANSION,
  RongIMLib.Events.PULL_OFFLINE_MESSAGE_FINISHED,
  RongIMLib.Events.TYPING_STATUS,
]

export class FacadePage {
  readonly userId = 'alice'
  readonly appkey = `app-${uuidv7()}`
  readonly network: FlakyBackend
  /** Names of the events, in order. */
  readonly told: Told[] = []
  #details = new Map<Told, unknown[]>()

  constructor(readonly service: ChatService) {
    this.network = new FlakyBackend(service.backend)
  }

  get token(): string {
    return localToken(this.userId)
  }

  /** `init`, and listens to everything. */
  init(): void {
    RongIMLib.init({ appkey: this.appkey, backend: this.network })
    for (const name of told) {
      RongIMLib.addEventListener(name, ((detail: unknown) => {
        this.told.push(name)
        this.#details.set(name, [...this.heard(name), detail] as unknown[])
      }) as never)
    }
  }

  /** `init` and `connect`; everything missed is here. */
  async online(): Promise<this> {
    this.init()
    await RongIMLib.connect(this.token)
    await this.hears(RongIMLib.Events.PULL_OFFLINE_MESSAGE_FINISHED)
    return this
  }

  /** What came with every event of a name, in order. */
  heard<Name extends Told>(name: Name): Parameters<EventListeners[Name]>[0][] {
    return (this.#details.get(name) ?? []) as Parameters<EventListeners[Name]>[0][]
  }

  /** Waits for one more event than there were, or for one that is looked for. */
  async hears<Name extends Told>(
    name: Name,
    isWanted: (detail: Parameters<EventListeners[Name]>[0]) => boolean = () => true,
  ): Promise<Parameters<EventListeners[Name]>[0]> {
    await eventually(`the page hears ${name}`, () => this.heard(name).some(isWanted))
    return this.heard(name).find(isWanted)!
  }

  forgetHeard(): void {
    this.told.length = 0
    this.#details.clear()
  }

  /** Everything the page was told in `MESSAGES`. */
  get received(): RongIMLib.IAReceivedMessage[] {
    return this.heard(RongIMLib.Events.MESSAGES).flatMap(({ messages }) => messages)
  }

  /** The link breaks, and stays so. */
  async cut(): Promise<void> {
    this.network.cut()
    await this.hears(RongIMLib.Events.SUSPEND)
  }

  /** The link is back, and the browser says so. */
  async reconnect(): Promise<void> {
    this.forgetHeard()
    this.network.restore()
    window.dispatchEvent(new Event('online'))
    await this.hears(RongIMLib.Events.PULL_OFFLINE_MESSAGE_FINISHED)
  }

  async end(): Promise<void> {
    await RongIMLib.destroy()
    await deleteDatabase(this.appkey, this.userId)
    await this.service.end()
  }
}

/** To be called within a `describe`: a page of Alice's for each of its tests. */
export function useFacadePage(options: LocalOptions = {}): { readonly page: FacadePage } {
  const held = { page: undefined as unknown as FacadePage }
  beforeEach(() => {
    held.page = new FacadePage(new ChatService(options))
  })
  afterEach(() => held.page.end())
  return held
}
