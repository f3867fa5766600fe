/** What the host is asked: who is who. The kit owns no profiles. */
import type { ConversationId } from '../model/conversation.js'
import type { UserProfile } from '../model/people.js'

/** Name and picture of a conversation. `memberCount` counts for groups only. */
export interface ConversationProfile extends ConversationId {
  name?: string
  portraitUri?: string
  displayName?: string
  memberCount?: number
}

/** Somebody in a group. */
export interface Member extends UserProfile {
  groupNickname?: string
}

type MaybePromise<Value> = Value | Promise<Value>

/**
 * The host's callbacks. One that throws, rejects, answers nonsense or does not answer within ten
 * seconds leaves ids and placeholders on screen; the reason goes to `report`.
 */
export interface Service {
  getUserProfile?: (userId: string) => MaybePromise<UserProfile | null | undefined>
  /** Asked for many at once. */
  getConversationProfile?: (
    conversations: ConversationId[],
  ) => MaybePromise<ConversationProfile[] | null | undefined>
  getGroupMembers?: (conversation: ConversationId) => MaybePromise<Member[] | null | undefined>
}
