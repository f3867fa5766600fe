/**
 * What a story plays on: an embedded service of its own with the cast as its users, a kit for the
 * one whose screen is shown, and clients for those who talk to them.
 */
import type { Backend } from '../../src/backends/backend.js'
import { local, localToken, type LocalBackend } from '../../src/backends/local/index.js'
import { IMClient, type IMClientOptions } from '../../src/core/client.js'
import { createIMKit, type IMKit } from '../../src/kit/kit.js'
import type { InitOptions } from '../../src/kit/kit-options.js'
import {
  conversationIdOf,
  ConversationType,
  type ConversationId,
} from '../../src/model/conversation.js'
import type { ArchivedMessage, Message } from '../../src/model/message.js'
import { Actor } from './actor.js'
import { cast, me } from './cast.js'
import { HinderedBackend } from './hindrances.js'
import { until } from './readiness.js'
import { StoryClock } from './story-clock.js'

/** What has happened before the curtain rises. */
export type Script = (stage: Stage) => Promise<void> | void

export interface StageOptions {
  /** What the kit is told besides: hooks, a page size. */
  init?: Partial<InitOptions>
  /** What its client is told besides: another database, other pauses. */
  client?: Partial<IMClientOptions>
  /** The kit does not connect: its user has not logged in. */
  isLoggedOut?: boolean
}

export class Stage {
  readonly clock = new StoryClock()
  /** The service as everybody but `me` reaches it. */
  readonly service: LocalBackend
  /** `me`'s own line to it, which a script can hinder or cut. */
  readonly line: LocalBackend
  readonly hindered: HinderedBackend
  readonly kit: IMKit
  /** What fails is what the story is about. */
  expectsErrors = false
  readonly #name: string
  readonly #actors = new Map<string, Promise<Actor>>()
  readonly #kits = new Map<string, IMKit>()
  #entered: Promise<void> | undefined
  #isOpen = true

  private constructor(storyId: string, options: StageOptions) {
    this.#name = `imkit-story-${storyId}.`
    this.service = this.#openService()
    this.line = this.#openService()
    this.hindered = new HinderedBackend(this.line)
    this.kit = this.#createKit(me, this.hindered, options)
  }

  /**
   * Sets the stage, lets the script write the past, and lets `me` come in. What an earlier visit to
   * the story has left in the browser is removed before.
   */
  static async set(storyId: string, script: Script, options: StageOptions = {}): Promise<Stage> {
    const stage = new Stage(storyId, options)
    await stage.#clear()
    await script(stage)
    if (!options.isLoggedOut) await stage.enter()
    stage.clock.start()
    return stage
  }

  /** `me` comes in and gets what was said so far. By itself at the end of the script. */
  enter(): Promise<void> {
    this.#entered ??= this.#connect()
    return this.#entered
  }

  /** Somebody of the cast, or of any other name; `me` is here on another device. */
  actor(userId: string): Promise<Actor> {
    const known = this.#actors.get(userId)
    if (known) return known
    const actor = Actor.enter(userId, this.service, this.clock)
    this.#actors.set(userId, actor)
    return actor
  }

  /** A group, made by the first of its members. */
  async group(name: string, ...members: string[]): Promise<ConversationId> {
    const [owner = me, ...memberIds] = members
    const founder = await this.actor(owner)
    const targetId = await founder.founds(name, memberIds)
    return { conversationType: ConversationType.GROUP, targetId }
  }

  /** Waits until something somebody else has said has come to `me`. */
  hears(message: ArchivedMessage): Promise<Message> {
    const { targetId, senderUserId } = message
    const isPrivate = message.conversationType === ConversationType.PRIVATE
    return this.becomes({ ...message, targetId: isPrivate ? senderUserId : targetId }, () => true)
  }

  /** Waits until a message of `me` is as it is to be. */
  becomes(message: ArchivedMessage, isRight: (message: Message) => boolean): Promise<Message> {
    const { reader } = this.kit.client!
    return until('a message does not become what it is to be', async () => {
      const found = await reader.find(conversationIdOf(message), message)
      return found && isRight(found) ? found : undefined
    })
  }

  /** A kit for somebody else, to show their screen too. */
  async admit(userId: string): Promise<IMKit> {
    const kit = this.#createKit(userId, this.service)
    await kit.connect(localToken(userId))
    return kit
  }

  /** The kit of somebody who was admitted. */
  kitOf(userId: string): IMKit {
    return this.#kits.get(userId)!
  }

  changeLanguage(lang: string): void {
    for (const kit of this.#kits.values()) {
      if (kit.lang !== lang) kit.changeLanguage({ lang })
    }
  }

  /** Ends everything and removes what the story has stored. */
  async strike(): Promise<void> {
    if (!this.#isOpen) return
    this.#isOpen = false
    const actors = await Promise.all([...this.#actors.values()])
    await Promise.all([
      ...actors.map((actor) => actor.leave()),
      ...[...this.#kits.values()].map((kit) => kit.destroy()),
    ])
    await Promise.all([this.service.destroy(), this.line.destroy()])
    await this.#clear()
  }

  async #connect(): Promise<void> {
    const caughtUp = new Promise<void>((resolve) => {
      this.kit.once('pull_offline_message_finished', resolve)
    })
    const connected = this.kit.connect(localToken(me))
    // A story that shows the waiting would wait for ever.
    if (this.expectsErrors || this.hindered.connects) return void connected.catch(() => {})
    await connected
    await caughtUp
  }

  #createKit(userId: string, backend: Backend, options: StageOptions = {}) {
    const { now } = this.clock
    const appkey = `${this.#name}kit`
    const kit = createIMKit({ name: userId, now })
    const report = (error: unknown, context: string) => kit.report(error, context)
    const client = new IMClient({ appkey, backend, now, report, ...options.client })
    kit.init({ appkey, client, ...options.init })
    kit.on('error', ({ error, context }) => {
      // What the end of the story cuts off, such as a draft that is being saved, is no trouble.
      if (this.#isOpen && !this.expectsErrors) console.error(`${context}:`, error)
    })
    this.#kits.set(userId, kit)
    return kit
  }

  #openService(): LocalBackend {
    const name = `${this.#name}service`
    const limits = { sendRate: Infinity }
    return local({ name, users: cast, now: this.clock.now, limits })
  }

  async #clear(): Promise<void> {
    const names = (await indexedDB.databases()).flatMap(({ name }) => name ?? [])
    const ours = names.filter((name) => name.includes(this.#name))
    await Promise.all(ours.map(deleteDatabase))
  }
}

/** Resolves when nobody has it open any more. */
function deleteDatabase(name: string): Promise<void> {
  return new Promise((resolve, reject) => {
    const request = indexedDB.deleteDatabase(name)
    request.onsuccess = () => resolve()
    request.onerror = () => reject(request.error as DOMException)
  })
}
