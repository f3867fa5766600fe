/**
 * The kit: one user's chat on a page. Holds together the client, the store the elements read, the
 * host's callbacks and hooks, who is who, and the language. `imkit` is the page's own; further
 * ones, for further users, are made by `createIMKit`.
 */
import { effect, signal, type ReadonlySignal } from '@preact/signals-core'
import { IMClient } from '../core/client.js'
import type { Conversation } from '../core/conversation.js'
import type { SendOptions } from '../core/envelope.js'
import type { Listener } from '../core/events.js'
import type { RecallOptions } from '../core/message-actions.js'
import type { FileOptions, ForwardOptions } from '../core/message-sender.js'
import { NotificationLevel, type ConversationId, type Draft } from '../model/conversation.js'
import { ErrorCode, IMError, invalidParameter } from '../model/errors.js'
import { limits } from '../model/limits.js'
import { MessageType } from '../model/message-types.js'
import { messageKey, type Message } from '../model/message.js'
import { Store } from '../store/store.js'
import { Clock } from './clock.js'
import { CoreEvent } from './core-events.js'
import { digest } from './digest.js'
import { Drafts } from './drafts.js'
import { EventRelay } from './event-relay.js'
import {
  Hooks,
  type CustomDisplayMessage,
  type CustomIntercept,
  type CustomMessage,
} from './hooks.js'
import { KitEvents, type DetailOf, type EventName } from './kit-events.js'
import {
  checkInitOptions,
  notInitialised,
  type InitOptions,
  type LibOption,
} from './kit-options.js'
import { LanguageChoice } from './languages.js'
import { Log } from './log.js'
import { OriginalCalls } from './original-calls.js'
import { OutgoingMessages, type Outgoing } from './outgoing.js'
import { People } from './people.js'
import type { Schedule } from '../core/scope.js'
import { scheduleTimer } from './schedule.js'
import type { Words } from './words.js'

export interface KitOptions {
  /** Tells the kits of one page apart where something is remembered: the language. */
  name?: string
  /** Unix milliseconds; `Date.now` unless a test says otherwise. */
  now?: () => number
  schedule?: Schedule
}

/** Makes or finds the client for a kit that was given none. */
export type ClientSource = (
  options: Pick<InitOptions, 'appkey' | 'backend' | 'libOption' | 'logOutputLevel'>,
) => IMClient

export class IMKit extends OriginalCalls {
  readonly people: People
  readonly clock: Clock
  protected readonly display: Hooks
  readonly #name: string
  readonly #events: KitEvents
  readonly #log = new Log()
  readonly #schedule: Schedule
  readonly #languages = new LanguageChoice()
  readonly #outgoing: OutgoingMessages
  readonly #drafts: Drafts
  readonly #store = signal<Store | undefined>(undefined)
  readonly #reference = signal<Message | undefined>(undefined)
  #init: InitOptions | undefined
  #client: IMClient | undefined
  #clientSource: ClientSource | undefined
  #detach: (() => void) | undefined
  /** The call under way, and by which token. */
  #connecting: { token: string; userId: Promise<string> } | undefined
  readonly #leaving = new Set<() => void>()

  constructor(options: KitOptions = {}) {
    super()
    const { name = '', now = Date.now, schedule = scheduleTimer } = options
    const report = (error: unknown, context: string) => this.report(error, context)
    this.#name = name
    this.#schedule = schedule
    this.#events = new KitEvents((error, context) => this.#log.error(context, error))
    this.display = new Hooks(schedule, report)
    this.#outgoing = new OutgoingMessages(() => this.requireClient('send'), this.display)
    this.#drafts = new Drafts(report)
    this.clock = new Clock(now, schedule)
    this.people = new People({
      service: () => this.#init?.service ?? {},
      client: () => this.#client,
      schedule,
      report,
    })
  }

  // Life

  /**
   * Starts the kit. A second call with the same appkey is ignored with a warning.
   * @throws IMError 33003 that names what is wrong and what to pass instead
   */
  init(options: InitOptions): void {
    checkInitOptions(options)
    if (this.#init) {
      checkAppkey(this.#init.appkey, options.appkey)
      this.#log.write('warn', 'init() was called before; calling it once is enough.')
      return
    }
    const client = this.#clientFor(options)
    if (client) checkAppkey(client.appkey, options.appkey)
    this.#init = options
    this.#log.setUp(options.logOutputLevel, options.logger)
    const { customMessage = {}, customIntercept = {}, customDisplayMessage = {} } = options
    this.display.customMessage.value = customMessage
    this.display.customIntercept = customIntercept
    this.display.customDisplayMessage = customDisplayMessage
    const scope = this.#name ? `${options.appkey}/${this.#name}` : options.appkey
    this.#languages.restore(`imkit/${scope}/lang`, options.language)
    if (client) this.#attach(client)
    this.emit(CoreEvent.INIT)
  }

  /**
   * Gives the kit a client instead of letting it make one: the RongCloud facade's, which the
   * page's `RongIMLib` calls share. Before or after `init`; a function is asked by `init`.
   * @throws IMError 33003 for a client of another appkey
   */
  provideClient(client: IMClient | ClientSource): void {
    if (typeof client === 'function') this.#clientSource = client
    else if (this.#init) {
      checkAppkey(client.appkey, this.#init.appkey)
      this.#attach(client)
    } else this.#client = client
  }

  /**
   * Logs in; resolves with the user's id. Called again with the same token while it is at it, as by
   * a framework that mounts everything twice, it is one call.
   * @throws IMError 33001 before `init`, and as `IMClient.connect`
   */
  async connect(token: string): Promise<string> {
    const client = this.requireClient('connect')
    if (this.#connecting?.token === token) return this.#connecting.userId
    const userId = client.connect(token)
    const connecting = { token, userId }
    this.#connecting ??= connecting
    try {
      return await userId
    } finally {
      if (this.#connecting === connecting) this.#connecting = undefined
    }
  }

  /** Logs out: nothing of the user is shown any more. What they have stays stored. */
  async disconnect(): Promise<void> {
    this.#connecting = undefined
    await this.#client?.disconnect()
  }

  /** Logs out and forgets the client: `init` can be called again. Listeners stay. */
  async destroy(): Promise<void> {
    await this.disconnect()
    this.#detach?.()
    this.#detach = undefined
    this.#init = undefined
    this.#client = undefined
  }

  /** `init` has been called, and there is a client. */
  get isReady(): boolean {
    return this.#store.value !== undefined
  }

  /** What the elements read. */
  get store(): ReadonlySignal<Store | undefined> {
    return this.#store
  }

  /** The client below. */
  get client(): IMClient | undefined {
    return this.#client
  }

  get options(): { readonly conversationPullCount: number; readonly maxForwardTargets: number } {
    const { conversationPullCount, maxForwardTargets } = this.#init ?? {}
    return {
      conversationPullCount: conversationPullCount ?? limits.conversationPullCount.default,
      maxForwardTargets: maxForwardTargets ?? limits.forwardTargets,
    }
  }

  // Events

  /** Gives the function that ends listening. */
  on<Name extends EventName>(name: Name, listener: Listener<DetailOf<Name>>): () => void {
    return this.#events.on(name, listener)
  }

  once<Name extends EventName>(name: Name, listener: Listener<DetailOf<Name>>): () => void {
    return this.#events.once(name, listener)
  }

  /** Without a listener: all of that event. */
  off<Name extends EventName>(name: Name, listener?: Listener<DetailOf<Name>>): void {
    this.#events.off(name, listener)
  }

  /** `emit(CoreEvent.CONVERSATION, true)` makes the list load, if it has not by itself. */
  emit<Name extends EventName>(name: Name, detail?: DetailOf<Name>): void {
    if (name === CoreEvent.CONVERSATION && detail === true && this.#client?.isOpen) {
      void this.#store.peek()?.conversations.load()
    }
    this.#events.emit(name, detail as DetailOf<Name>)
  }

  /** For what failed and must not stop the kit: to the `error` listeners, else the console. */
  report(error: unknown, context: string): void {
    this.#events.report(error, context)
  }

  /**
   * Writes everything the client goes through, whatever `logOutputLevel` says: events with ids,
   * types and reasons, never what people wrote. From a browser's console or in a page's code.
   */
  debug(isOn = true): void {
    this.#log.isDebugging = isOn
  }

  // Language

  /** Every string a user sees, in the language chosen. */
  get words(): ReadonlySignal<Words> {
    return this.#languages.words
  }

  /** `zh_CN` unless something else was chosen. */
  get lang(): string {
    return this.#languages.lang.value
  }

  set lang(lang: string) {
    this.changeLanguage({ lang })
  }

  /** Remembered. A language there are no words for counts as `zh_CN`. */
  changeLanguage({ lang }: { lang: string }): void {
    this.emit(CoreEvent.LANGUAGE_CHANGED, { lang: this.#languages.change(lang) })
  }

  /** Adds a language, or other words for one; what is left out is taken from `en` or `zh_CN`. */
  registerLanguage(lang: string, words: Partial<Words>): void {
    this.#languages.register(lang, words)
  }

  // Hooks

  /** How custom message types look. */
  get customMessage(): CustomMessage {
    return this.display.customMessage.value
  }

  set customMessage(customMessage: CustomMessage) {
    this.display.customMessage.value = customMessage ?? {}
  }

  /** Which conversations and messages are hidden. */
  get customIntercept(): CustomIntercept {
    return this.display.customIntercept
  }

  set customIntercept(customIntercept: CustomIntercept) {
    this.display.customIntercept = customIntercept ?? {}
    void this.#store.peek()?.redisplay()
  }

  /** What is rewritten on its way out or onto the screen. */
  get customDisplayMessage(): CustomDisplayMessage {
    return this.display.customDisplayMessage
  }

  set customDisplayMessage(customDisplayMessage: CustomDisplayMessage) {
    this.display.customDisplayMessage = customDisplayMessage ?? {}
    void this.#store.peek()?.redisplay()
  }

  // What the elements ask for. Failures are IMErrors.

  /** Sends, after `willSendMessage`; resolves as soon as the message is stored and on screen. */
  post(conversation: ConversationId, message: Outgoing, options?: SendOptions): Promise<Message> {
    return this.#outgoing.post(conversation, message, options)
  }

  /** As `post`, but resolves when the server has the message. */
  send(conversation: ConversationId, message: Outgoing, options?: SendOptions): Promise<Message> {
    return this.#outgoing.send(conversation, message, options)
  }

  /** A file with its message; resolves as soon as the message is stored and on screen. */
  postFile(
    conversation: ConversationId,
    message: Outgoing,
    file: Blob,
    options?: Partial<FileOptions>,
  ): Promise<Message> {
    return this.#outgoing.postFile(conversation, message, file, options)
  }

  /** As `postFile`, but resolves when the server has the message. */
  sendFile(
    conversation: ConversationId,
    message: Outgoing,
    file: Blob,
    options?: Partial<FileOptions>,
  ): Promise<Message> {
    return this.#outgoing.sendFile(conversation, message, file, options)
  }

  /** Puts a failed message back into the queue, under the id it has. */
  async resend(message: Message): Promise<Message> {
    return this.requireClient('resend').sender.resend(message.messageId)
  }

  /** @throws IMError 33003 for no target or more than `maxForwardTargets` */
  async forward(
    messages: readonly Message[],
    targets: readonly ConversationId[],
    options?: ForwardOptions,
  ): Promise<Message[]> {
    const most = this.options.maxForwardTargets
    if (targets.length < 1 || targets.length > most) {
      throw invalidParameter(
        `Forward to 1 to ${most} conversations at once, not to ${targets.length}.`,
      )
    }
    return this.#outgoing.forward(messages, targets, options)
  }

  async recall(message: Message, options?: RecallOptions): Promise<void> {
    await this.requireClient('recall').actions.recall(message, options)
    this.#closeQuoteOf([message])
  }

  /** For this user, on all devices. */
  async deleteMessages(conversation: ConversationId, messages: readonly Message[]): Promise<void> {
    await this.requireClient('deleteMessages').actions.delete(conversation, messages)
    this.#closeQuoteOf(messages)
    this.emit(CoreEvent.DELETE_MESSAGE, [...messages])
  }

  async setTop(conversation: ConversationId, isTop: boolean): Promise<void> {
    await this.requireClient('setTop').conversations.setTop(conversation, isTop)
  }

  async setMuted(conversation: ConversationId, isMuted: boolean): Promise<void> {
    const level = isMuted ? NotificationLevel.NOT_MESSAGE_NOTIFICATION : NotificationLevel.NOT_SET
    await this.requireClient('setMuted').conversations.setNotificationLevel(conversation, level)
  }

  /** undefined removes it. */
  async saveDraft(conversation: ConversationId, draft: Draft | undefined): Promise<void> {
    await this.#drafts.save(this.requireClient('saveDraft'), conversation, draft)
  }

  /**
   * What has left the field stays a draft, should the page go before `post` has stored the message.
   * Gives the function that ends that.
   */
  keepUntilPosted(conversation: ConversationId, messageUId: string, draft: Draft): () => void {
    const client = this.requireClient('keepUntilPosted')
    return this.#drafts.sending(client, conversation, messageUId, draft)
  }

  /**
   * For a page that may be gone the next moment: drafts that `saveDraft` has not saved yet are
   * noted at once, and taken up when their user is here again.
   */
  noteDrafts(): void {
    if (this.#client?.isOpen) this.#drafts.note(this.#client)
  }

  /** Calls back when the user is about to be logged out. Gives the function that ends it. */
  onLeaving(callback: () => void): () => void {
    this.#leaving.add(callback)
    return () => void this.#leaving.delete(callback)
  }

  /** Tells the others that something is being written. Costs nothing at every keystroke. */
  sendTyping(conversation: ConversationId, messageType: string = MessageType.TEXT): void {
    if (this.#client?.isOpen) this.#client.typing.send(conversation, messageType)
  }

  /** An address this page can load. */
  async fileUrl(uri: string): Promise<string> {
    return this.requireClient('fileUrl').fileUrl(uri)
  }

  /** One line of text for a message, with the names of its conversation's members. */
  digest(message: Message): string {
    return digest(message, {
      words: this.words.value,
      nameOf: (userId) => this.people.member(message, userId).value.name,
      userId: this.#client?.userId,
    })
  }

  /** The message that is quoted in the open conversation. */
  get reference(): ReadonlySignal<Message | undefined> {
    return this.#reference
  }

  /** undefined ends quoting. */
  quote(message: Message | undefined): void {
    const before = this.#reference.peek()
    this.#reference.value = message
    if (message) this.emit(CoreEvent.REFERENCE_MESSAGE, message)
    else if (before) this.emit(CoreEvent.CLOSE_REFERENCE)
  }

  protected requireClient(call: string): IMClient {
    if (!this.#init) throw notInitialised(call)
    if (this.#client) return this.#client
    throw new IMError(
      ErrorCode.BIZ_ERROR_CLIENT_NOT_INIT,
      `imkit.${call}() has nobody to talk to: call RongIMLib.init(libOption) first, or pass \`backend\` to imkit.init().`,
    )
  }

  protected requireStore(call: string): Store {
    this.requireClient(call)
    return this.#store.peek()!
  }

  /** undefined: the facade's is yet to come. @throws IMError 33003 if there is none to be had */
  #clientFor(options: InitOptions): IMClient | undefined {
    const { appkey, backend, libOption } = options
    const known = options.client ?? this.#client
    if (known) return known
    if (this.#clientSource) return this.#clientSource(options)
    if (!backend && libOption) return undefined
    const report = (error: unknown, context: string) => this.report(error, context)
    if (backend) {
      const { getToken }: LibOption = libOption ?? {}
      return new IMClient({ appkey, backend, report, getToken })
    }
    throw invalidParameter(
      'imkit.init() needs `backend`, for example local() from "imkit/backends/local"; or call RongIMLib.init() first.',
    )
  }

  #attach(client: IMClient): void {
    if (this.#client === client && this.#detach) return
    this.#detach?.()
    this.#client = client
    const report = (error: unknown, context: string) => this.report(error, context)
    const store = new Store(client, {
      conversationPullCount: this.options.conversationPullCount,
      display: this.display,
      schedule: this.#schedule,
      report,
      onConversations: (conversations) => this.#conversationsChanged(conversations),
      onGroups: (groupIds) => this.people.groupsChanged(groupIds),
    })
    const relay = new EventRelay({
      client,
      store,
      display: this.display,
      events: this.#events,
      report,
    })
    const offs = [
      client.events.on('opened', () => this.#userOpened(client)),
      client.events.on('closing', () => this.#userLeaves()),
      client.events.on('closed', () => this.people.clear()),
      client.events.on('cleared', ({ userId }) =>
        this.#drafts.clear({ appkey: client.appkey, userId }),
      ),
      client.events.on('offlineMessagesPulled', () => {
        this.people.retry()
        this.#checkService(client)
      }),
      this.on(CoreEvent.SWITCH_CONVERSATION, () => this.quote(undefined)),
      effect(() => (this.#log.isTelling ? this.#logCourse(client) : undefined)),
    ]
    this.#store.value = store
    if (client.isOpen) this.#userOpened(client)
    this.#detach = () => {
      for (const off of offs) off()
      store.dispose()
      relay.close()
      this.people.clear()
      this.#store.value = undefined
    }
  }

  #userLeaves(): void {
    for (const callback of this.#leaving) callback()
    this.noteDrafts()
  }

  #userOpened(client: IMClient): void {
    this.people.retry()
    void this.#drafts.takeUp(client)
  }

  #conversationsChanged(conversations: readonly Conversation[]): void {
    const changed = conversations.map((conversation) => ({ conversation }))
    this.emit(CoreEvent.CONVERSATION, changed)
    this.emit(CoreEvent.UPDATE_CONVERSATION, [...conversations])
  }

  #closeQuoteOf(messages: readonly Message[]): void {
    const quoted = this.#reference.peek()
    if (!quoted) return
    const key = messageKey(quoted)
    if (messages.some((message) => messageKey(message) === key)) this.quote(undefined)
  }

  /** Only now is it known what the backend answers by itself. */
  #checkService({ capabilities }: IMClient): void {
    const { getUserProfile, getConversationProfile } = this.#init?.service ?? {}
    if (!getUserProfile && !capabilities.has('profiles')) {
      this.report(missingCallback('getUserProfile', 'people'), 'imkit.init()')
    }
    if (!getConversationProfile && !capabilities.has('groups')) {
      this.report(missingCallback('getConversationProfile', 'groups'), 'imkit.init()')
    }
  }

  #logCourse(client: IMClient): () => void {
    let end = () => {}
    let isOver = false
    const follow = async () => {
      const { followCourse } = await import('./client-course.js')
      if (isOver) return
      end = followCourse(client, ({ name, text, isMain }) =>
        this.#log.write(isMain ? 'info' : 'debug', `${name} ${text}`),
      )
    }
    follow().catch((error: unknown) => this.report(error, 'loading the log'))
    return () => {
      isOver = true
      end()
    }
  }
}

/** @throws IMError 33003 */
function checkAppkey(known: string, given: string): void {
  if (known === given) return
  throw invalidParameter(
    `This kit already runs with the appkey "${known}", not "${given}". Pass the same one, or make another kit: createIMKit().`,
  )
}

function missingCallback(name: string, whose: string): IMError {
  return invalidParameter(
    `This backend does not know the names of ${whose}: pass \`service.${name}\` to imkit.init(). Until then ids are shown.`,
  )
}

/** Another kit: for another user on the same page. */
export function createIMKit(options?: KitOptions): IMKit {
  return new IMKit(options)
}

/** The page's kit. */
export const imkit = createIMKit()
