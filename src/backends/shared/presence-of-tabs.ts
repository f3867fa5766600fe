/** Whom the tabs that share a session watch: each its own people, the session all of them. */
import type { Presence, PresenceState } from '../backend.js'

/** On the side of the tab that holds the connection. */
export class PresenceOfTabs {
  #byTab = new Map<string, readonly string[]>()

  async watch(presence: Presence, tab: string, userIds: readonly string[]): Promise<void> {
    const before = this.#byTab.get(tab)
    this.#byTab.set(tab, userIds)
    try {
      await presence.watch(this.#all)
    } catch (error) {
      if (this.#byTab.get(tab) === userIds) this.#byTab.set(tab, before ?? [])
      throw error
    }
  }

  /** A tab is gone. */
  forget(presence: Presence | undefined, tab: string): void {
    if (!this.#byTab.delete(tab)) return
    // Nobody waits for it; when it fails, so does the session.
    presence?.watch(this.#all).catch(() => undefined)
  }

  get #all(): string[] {
    return [...new Set([...this.#byTab.values()].flat())]
  }
}

/** On the side of a tab: what it has asked for, to be asked again of the next holder. */
export class PresenceOfTab {
  readonly #ask: (userIds: readonly string[]) => Promise<unknown>
  #watched: ReadonlySet<string> = new Set()

  constructor(ask: (userIds: readonly string[]) => Promise<unknown>) {
    this.#ask = ask
  }

  async watch(userIds: readonly string[]): Promise<void> {
    const before = this.#watched
    const watched = (this.#watched = new Set(userIds))
    try {
      await this.#ask(userIds)
    } catch (error) {
      if (this.#watched === watched) this.#watched = before
      throw error
    }
  }

  /** Another tab holds the connection, and knows nothing of this one. */
  again(): void {
    // What ends the session ends this, too.
    if (this.#watched.size > 0) this.#ask([...this.#watched]).catch(() => undefined)
  }

  /** Those of what all tabs are told that this one has asked for. */
  ofThose(states: readonly PresenceState[]): PresenceState[] {
    return states.filter(({ userId }) => this.#watched.has(userId))
  }
}
