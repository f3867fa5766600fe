/** What a host may set about the embedded service, and what holds where it says nothing. */
import { limits as documented } from '../../model/limits.js'
import type { UserProfile } from '../../model/people.js'

/** A user the service knows from the start. */
export interface LocalUser extends UserProfile {
  /** A token of the host's own making; `localToken(id)` is accepted as well. */
  token?: string
}

/** `Infinity` switches a limit off. */
export interface LocalLimits {
  /** bytes of a message's content as JSON; above: 30016 */
  messageSize: number
  /** content messages a session may send in any one second; above: 20604 */
  sendRate: number
  /** members of a group, the owner included; above: 33003 */
  groupMembers: number
  /** bytes of an uploaded file; above: 34011 */
  fileSize: number
  /** seconds within which an author may recall; 0: for ever. Group owners are not bound by it. */
  maxRecallDuration: number
}

export interface LocalOptions {
  /** Name of the service's database. Tabs of an origin that use one name share one service. */
  name?: string
  users?: readonly LocalUser[]
  /** false: only the users listed above exist. Otherwise everyone with a `localToken` does. */
  openUsers?: boolean
  limits?: Partial<LocalLimits>
  /** Who may take a message back besides the group's owner: its author, or everyone who sees it. */
  recall?: 'own' | 'anyone'
  /** Whether those who join a group see what was said before. */
  newMembersSeeHistory?: boolean
  /** Shown messages a user may miss before `catchUp` reports gaps instead of replaying them all. */
  catchUpLimit?: number
  /** Milliseconds between two looks into the log for what no ring announced. */
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
