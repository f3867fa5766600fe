/**
 * Who is online, of the people somebody follows. Known while there is a connection only: a state
 * that may have changed unseen is none.
 */
import type { PresenceState } from '../backends/backend.js'
import { invalidParameter, isRetryable, IMError, notSupported } from '../model/errors.js'
import { limits } from '../model/limits.js'
import { areUserIds } from '../model/people.js'
import type { Scope } from './scope.js'

export class PresenceStates {
  readonly #scope: Scope
  /** Those a host has subscribed to. */
  readonly #subscribed = new Set<string>()
  /** By how many parts of the page somebody is followed besides. */
  readonly #followed = new Map<string, number>()
  readonly #states = new Map<string, boolean>()
  /** What the session was asked for last, as one text. */
  #asked = ''
  #asking: Promise<void> | undefined

  constructor(scope: Scope) {
    this.#scope = scope
  }

  /**
   * Follows people until `unsubscribe`, over all connections to come. How each stands is told by the
   * event `presence` as soon as it is known. Without a connection it begins with the next one.
   * @throws IMError 33003 no ids, more than 200, or more than 1,000 with those before; 35004 where
   *   the backend can't
   */
  async subscribe(userIds: readonly string[]): Promise<void> {
    checkUserIds(userIds)
    const session = this.#scope.session()
    if (session && !session.presence) throw notSupported('presence')
    const { followed } = limits.presence
    const all = new Set([...this.#subscribed, ...userIds])
    if (all.size > followed) {
      throw invalidParameter(`At most ${followed} people can be followed: unsubscribe some first.`)
    }
    for (const id of userIds) this.#subscribed.add(id)
    await this.#ask()
  }

  /** @throws IMError 33003 no ids, or more than 200 */
  async unsubscribe(userIds: readonly string[]): Promise<void> {
    checkUserIds(userIds)
    for (const id of userIds) this.#subscribed.delete(id)
    await this.#ask()
  }

  /** Those subscribed to, in the order in which they were. */
  subscriptions(): string[] {
    return [...this.#subscribed]
  }

  /** undefined: not followed, or not known just now. */
  isOnline(userId: string): boolean | undefined {
    return this.#states.get(userId)
  }

  /** Follows somebody as long as it is looked at, whatever a host has subscribed to. @returns ends it */
  follow(userId: string): () => void {
    this.#followed.set(userId, (this.#followed.get(userId) ?? 0) + 1)
    const ask = () => void this.#ask().catch((error: unknown) => this.#failed(error))
    ask()
    let isOver = false
    return () => {
      if (isOver) return
      isOver = true
      const count = this.#followed.get(userId)! - 1
      if (count > 0) this.#followed.set(userId, count)
      else this.#followed.delete(userId)
      ask()
    }
  }

  /** There is a session, which knows of nobody. */
  began(): void {
    this.#asked = ''
    void this.#ask().catch((error: unknown) => this.#failed(error))
  }

  /** The connection is gone: nobody knows how people stand. */
  lost(): void {
    this.#states.clear()
  }

  received(states: readonly PresenceState[]): void {
    const watched = new Set(this.#watched())
    const news = states.filter(
      ({ userId, isOnline }) => watched.has(userId) && this.#states.get(userId) !== isOnline,
    )
    for (const { userId, isOnline } of news) this.#states.set(userId, isOnline)
    if (news.length > 0) this.#scope.events.emit('presence', { states: news })
  }

  /** At most as many as a backend watches; those a host has named first. */
  #watched(): string[] {
    const all = [...new Set([...this.#subscribed, ...this.#followed.keys()])]
    return all.slice(0, limits.presence.followed)
  }

  /** Once for all that changes in one task: rows come and go together. */
  #ask(): Promise<void> {
    this.#asking ??= Promise.resolve().then(async () => {
      this.#asking = undefined
      const watched = this.#watched()
      for (const id of this.#states.keys()) if (!watched.includes(id)) this.#states.delete(id)
      const { presence } = this.#scope.session() ?? {}
      const asked = JSON.stringify([...watched].sort())
      if (!presence || asked === (this.#asked || '[]')) return
      this.#asked = asked
      await presence.watch(watched).catch((error: unknown) => {
        this.#asked = ''
        throw error
      })
    })
    return this.#asking
  }

  #failed(error: unknown): void {
    // Lost with its connection, it is asked for again over the next one.
    if (!(error instanceof IMError && isRetryable(error.code))) {
      this.#scope.report(error, 'following who is online')
    }
  }
}

/** @throws IMError 33003 */
function checkUserIds(userIds: readonly string[]): void {
  const most = limits.presence.perCall
  if (areUserIds(userIds) && userIds.length <= most) return
  throw invalidParameter(`Presence takes a list of at most ${most} user ids.`)
}
