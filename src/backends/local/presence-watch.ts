/** Watches who is there, by the locks of their sessions (`presence.ts`). Loaded when somebody asks. */
import type { PresenceState } from '../backend.js'

/** Milliseconds for which somebody who has gone still counts: a page that is loaded again is back. */
const LEEWAY = 2000

interface Watched {
  isOnline?: boolean
  /** Until somebody who has gone counts as gone. */
  leeway?: ReturnType<typeof setTimeout> | undefined
}

export class PresenceWatch {
  /** What the names of all locks begin with. */
  readonly #locks: string
  readonly #tell: (states: PresenceState[]) => void
  #watched = new Map<string, Watched>()
  /** What ends the wait for a session's end, by its lock. */
  #waits = new Map<string, { userId: string; wait: AbortController }>()
  /** One look at a time, or an older one could be told last. */
  #looking: Promise<void> = Promise.resolve()

  constructor(locks: string, tell: (states: PresenceState[]) => void) {
    this.#locks = locks
    this.#tell = tell
  }

  async watch(userIds: readonly string[]): Promise<void> {
    const before = this.#watched
    this.#watched = new Map(userIds.map((id) => [id, before.get(id) ?? {}]))
    for (const [id, { leeway }] of before) if (!this.#watched.has(id)) clearTimeout(leeway)
    for (const { userId, wait } of this.#waits.values()) {
      if (!this.#watched.has(userId)) wait.abort()
    }
    if (userIds.length > 0) await this.#look(() => true)
  }

  /** A session of somebody has begun. */
  arrived(userId: string): void {
    if (this.#watched.has(userId)) void this.#look()
  }

  close(): void {
    void this.watch([])
  }

  /** @param isAsked whose state is told though it is as it was */
  #look(isAsked: (userId: string) => boolean = () => false): Promise<void> {
    this.#looking = this.#looking.then(async () => {
      const sessions = await sessionsThere(this.#locks)
      const states: PresenceState[] = []
      for (const [userId, watched] of this.#watched) {
        const locks = sessions.get(userId) ?? []
        for (const lock of locks) this.#waitFor(lock, userId)
        const isNews = this.#note(userId, watched, locks.length > 0)
        if (isNews || isAsked(userId)) states.push({ userId, isOnline: watched.isOnline === true })
      }
      if (states.length > 0) this.#tell(states)
    })
    return this.#looking
  }

  /** @returns whether it is to be told */
  #note(userId: string, watched: Watched, isThere: boolean): boolean {
    const before = watched.isOnline
    if (isThere || !before) {
      clearTimeout(watched.leeway)
      watched.leeway = undefined
      watched.isOnline = isThere
      return isThere !== before
    }
    watched.leeway ??= setTimeout(() => {
      watched.isOnline = false
      void this.#look((id) => id === userId)
    }, LEEWAY)
    return false
  }

  #waitFor(lock: string, userId: string): void {
    if (this.#waits.has(lock)) return
    const wait = new AbortController()
    this.#waits.set(lock, { userId, wait })
    const over = () => {
      this.#waits.delete(lock)
      if (!wait.signal.aborted) void this.#look()
    }
    // Rejects when nobody wants to know any more.
    navigator.locks
      .request(lock, { mode: 'shared', signal: wait.signal }, over)
      .catch(() => this.#waits.delete(lock))
  }
}

/** The locks of all sessions, by user. Those who wait for one hold it for a moment, too: as readers. */
async function sessionsThere(start: string): Promise<Map<string, string[]>> {
  const { held = [] } = await navigator.locks.query()
  const sessions = new Map<string, string[]>()
  for (const { name = '', mode } of held) {
    if (!name.startsWith(start) || mode !== 'exclusive') continue
    const userId = decodeURIComponent(name.slice(start.length, name.lastIndexOf('/')))
    sessions.set(userId, [...(sessions.get(userId) ?? []), name])
  }
  return sessions
}
