/**
 * Who is there. Every session holds a Web Lock for as long as it lives, which the browser takes from
 * a page however that ends; whoever watches its user waits for the lock.
 */
import type { Presence, PresenceState } from '../backend.js'
import { assertWatchable } from '../presence-rules.js'
import { holdLock } from '../sign-of-life.js'
import type { Bell } from './bell.js'
import type { PresenceWatch } from './presence-watch.js'

const locksOf = ({ name }: Bell): string => `${name}/there/`

/**
 * Shows that a session of a user is there. Undefined where pages have no locks: nobody can tell then.
 * @returns ends it
 */
export async function showUp(
  bell: Bell,
  userId: string,
  sessionId: string,
): Promise<(() => void) | undefined> {
  // Neither in Node, nor on pages that did not come by https, nor in sandboxed frames.
  if (!(globalThis.navigator as Navigator | undefined)?.locks) return undefined
  try {
    const leave = await holdLock(`${locksOf(bell)}${encodeURIComponent(userId)}/${sessionId}`)
    bell.ring({ kind: 'arrived', userId })
    return leave
  } catch {
    return undefined
  }
}

export class LocalPresence implements Presence {
  readonly #bell: Bell
  readonly #tell: (states: PresenceState[]) => void
  #watch: Promise<PresenceWatch> | undefined

  constructor(bell: Bell, tell: (states: PresenceState[]) => void) {
    this.#bell = bell
    this.#tell = tell
  }

  async watch(userIds: readonly string[]): Promise<void> {
    assertWatchable(userIds)
    this.#watch ??= this.#begin()
    await (await this.#watch).watch(userIds)
  }

  /** A session of somebody has begun. */
  arrived(userId: string): void {
    this.#withWatch((watch) => watch.arrived(userId))
  }

  close(): void {
    this.#withWatch((watch) => watch.close())
  }

  /** Where nobody has asked there is none; where it could not be loaded, whoever asked knows. */
  #withWatch(run: (watch: PresenceWatch) => void): void {
    void this.#watch?.then(run, () => undefined)
  }

  async #begin(): Promise<PresenceWatch> {
    try {
      const { PresenceWatch } = await import('./presence-watch.js')
      return new PresenceWatch(locksOf(this.#bell), this.#tell)
    } catch (error) {
      // Asked for again, it is loaded again.
      this.#watch = undefined
      throw error
    }
  }
}
