/** What a host may set about the embedded service, and what holds where it says nothing. */
import { limits as documented } from '../../model/limits.js'
import type { UserProfile } from '../../model/people.js'

/** A user the service knows from the start. */
export interface LocalUser extends UserProfile {
  /** A token of the host's own making; `localToken(id)` is accepted as well. */
  token?: string
}

/** Limits and what they are unless set. `Infinity` switches one off. */
export interface LocalLimits {
  /** bytes of a message's content as JSON, 128 KB; above: 30016 */
  messageSize: number
  /** content messages a session may send in any one second, 5; above: 20604 */
  sendRate: number
  /** members of a group with its owner, 3000; above: 33003 */
  groupMembers: number
  /** bytes of an uploaded file, 100 MB; above: 34011 */
  fileSize: number
  /** seconds within which an author may recall, 0: for ever; later: 25101. Does not bind owners of groups. */
  maxRecallDuration: number
}

export interface LocalOptions {
  /**
   * Name of the service's database, `imkit-service`. Tabs of an origin that use one name share
   * one service.
   */
  name?: string
  users?: readonly LocalUser[]
  /** true (default): everyone with a `localToken` exists; false: only the users listed above do. */
  openUsers?: boolean
  limits?: Partial<LocalLimits>
  /** Who besides a group's owner may take a message back: its author (default), or all who see it. */
  recall?: 'own' | 'anyone'
  /** Whether those who join a group see what was said before; false. */
  newMembersSeeHistory?: boolean
  /** Shown messages a user may miss, 2000, before `catchUp` names gaps instead of replaying them. */
  catchUpLimit?: number
  /** Milliseconds, 2000, between two looks into the log for what no ring announced. */
  pollInterval?: number
  /** The service's clock, Unix milliseconds. */
  now?: () => number
  /** For Node and tests: an IndexedDB of one's own. */
  indexedDB?: IDBFactory
  IDBKeyRange?: typeof IDBKeyRange
}

/** Options with every gap filled. */
export interface ServiceRules {
  openUsers: boolean
  limits: LocalLimits
  recall: 'own' | 'anyone'
  newMembersSeeHistory: boolean
  catchUpLimit: number
  now: () => number
}

export function rulesFrom(options: LocalOptions): ServiceRules {
  return {
    openUsers: options.openUsers ?? true,
    recall: options.recall ?? 'own',
    newMembersSeeHistory: options.newMembersSeeHistory ?? false,
    catchUpLimit: options.catchUpLimit ?? 2000,
    now: options.now ?? Date.now,
    limits: {
      messageSize: documented.messageSize,
      sendRate: documented.sendRate,
      groupMembers: documented.groupMembers,
      fileSize: documented.fileSize,
      maxRecallDuration: 0,
      ...options.limits,
    },
  }
}
