/** What the steps of storing one lot share: all within one transaction. */
import type { ConversationRow, MessageRow } from '../database/schema.js'
import type { ArchivedMessage } from '../model/message.js'
import { Changes } from './changes.js'
import type { ClientEvent } from './client-events.js'
import type { Incoming } from './inbox.js'
import type { Scope } from './scope.js'

export class IngestState {
  readonly changes = new Changes()
  /** Told when the changes have been. */
  readonly afterwards: ClientEvent[] = []
  /** Conversations on the list are stale. */
  isListBehind = false
  /** Those of the lot, as they are to be written. */
  conversations = new Map<string, ConversationRow>()
  /** Rows of this lot and those its operations name, by identity. */
  readonly rows = new Map<string, MessageRow>()
  /** What may be the last message of a conversation: undefined where it has to be looked for. */
  readonly latest = new Map<string, MessageRow | undefined>()
  /** Rows of history that is new here: the backend's counts know already what became of them. */
  readonly uncounted = new Set<number>()

  constructor(
    readonly scope: Scope,
    readonly incoming: Incoming,
  ) {}

  /** By this client, not by another of the user's devices. */
  isMadeHere({ senderUserId, messageUId }: ArchivedMessage): boolean {
    return senderUserId === this.scope.userId && this.scope.ownOperations.has(messageUId)
  }
}
