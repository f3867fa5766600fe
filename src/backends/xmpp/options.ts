/** What a host may set about a server, and what holds where it says nothing. */
import { limits as documented } from '../../model/limits.js'

/** Limits this client keeps; the server has its own, which should not be lower. */
export interface XmppLimits {
  /** bytes of a message's content as JSON, 128 KB, unless the server takes less; above: 30016 */
  messageSize: number
  /** content messages a session may send in any one second, 5; above: 20604 */
  sendRate: number
  /** members of a group with its owner, 3000; above: 33003 */
  groupMembers: number
  /** bytes of an uploaded file, 100 MB, unless the server allows less; above: 34011 */
  fileSize: number
  /** seconds within which an author may recall, 0: for ever; later: 25101. Does not bind owners of groups. */
  maxRecallDuration: number
}

export interface XmppOptions {
  /** Where the server answers: `wss://chat.example.org/ws`. */
  url: string
  /** The domain of its users; the host of the address unless it is said. */
  domain?: string
  /** The service that holds the groups; asked of the server unless it is said. */
  rooms?: string
  /**
   * The companion (server/companion), which keeps the conversation list; looked for among the
   * server's services unless it is said. false: it is not asked for anything.
   */
  companion?: string | false
  limits?: Partial<XmppLimits>
  /** Shown messages a user may miss, 2000, before `catchUp` names gaps instead of replaying them. */
  catchUpLimit?: number
  /**
   * Milliseconds, 10 s, for which a session whose connection broke is tried to be gone on with over
   * another one, before it counts as lost. 0: not at all.
   */
  resumeFor?: number
  /**
   * Milliseconds, 20 s, without a sign of the server until it is asked whether it is there. Two fifths
   * of that later (8 s) the connection counts as broken.
   */
  maxSilence?: number
}

/** Options with every gap filled. */
export interface XmppRules {
  url: string
  domain: string
  rooms?: string
  companion?: string | false
  limits: XmppLimits
  catchUpLimit: number
  resumeFor: number
  maxSilence: number
}

export function rulesFrom(options: XmppOptions): XmppRules {
  const { messageSize, sendRate, groupMembers, fileSize } = documented
  const { catchUpLimit = 2000, resumeFor = 10_000, maxSilence = 20_000, limits, ...rest } = options
  return {
    ...rest,
    domain: (options.domain ?? new URL(options.url).hostname).toLowerCase(),
    catchUpLimit,
    resumeFor,
    maxSilence,
    limits: { messageSize, sendRate, groupMembers, fileSize, maxRecallDuration: 0, ...limits },
  }
}
