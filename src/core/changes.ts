/** What one transaction changed in the database, collected on the way and told once. */

export interface MessageChanges {
  readonly added: readonly number[]
  readonly updated: readonly number[]
  readonly removed: readonly number[]
}

export interface ChangeSet {
  /** Keys of conversations whose row appeared or changed (unread, last message, pin, draft, …). */
  readonly conversations: readonly string[]
  /** Rows of `messages`, by conversation key. */
  readonly messages: ReadonlyMap<string, MessageChanges>
  /** Conversations whose history was cleared or has a new gap: what is shown of them is read again. */
  readonly reset: readonly string[]
  /** Groups whose info or members changed. */
  readonly groups: readonly string[]
  /** Rows that came from somebody else just now, in order: what a host is told as received. */
  readonly received: readonly number[]
  readonly fromOtherTab: boolean
}

export class Changes {
  #conversations = new Set<string>()
  #messages = new Map<string, { added: number[]; updated: number[]; removed: number[] }>()
  #reset = new Set<string>()
  #groups = new Set<string>()
  #received: number[] = []

  conversation(key: string): void {
    this.#conversations.add(key)
  }

  added(key: string, messageId: number): void {
    this.#of(key).added.push(messageId)
  }

  updated(key: string, messageId: number): void {
    const { added, updated } = this.#of(key)
    if (!added.includes(messageId) && !updated.includes(messageId)) updated.push(messageId)
  }

  removed(key: string, messageId: number): void {
    this.#of(key).removed.push(messageId)
  }

  reset(key: string): void {
    this.#reset.add(key)
  }

  group(groupId: string): void {
    this.#groups.add(groupId)
  }

  received(messageId: number): void {
    this.#received.push(messageId)
  }

  get isEmpty(): boolean {
    return (
      this.#conversations.size + this.#messages.size + this.#reset.size + this.#groups.size === 0
    )
  }

  toSet(): ChangeSet {
    return {
      conversations: [...this.#conversations],
      messages: this.#messages,
      reset: [...this.#reset],
      groups: [...this.#groups],
      received: this.#received,
      fromOtherTab: false,
    }
  }

  #of(key: string) {
    let changes = this.#messages.get(key)
    if (!changes) this.#messages.set(key, (changes = { added: [], updated: [], removed: [] }))
    return changes
  }
}
