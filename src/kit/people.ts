/** Who is who. */
import type { ReadonlySignal } from '@preact/signals-core'
import type { ConversationId } from '../model/conversation.js'
import type { UserProfile } from '../model/people.js'
import type { ConversationProfile, Member } from './service.js'

/** What is on screen for somebody: never without a name. */
export interface NamedUser extends UserProfile {
  name: string
}
export interface NamedConversation extends ConversationProfile {
  name: string
}
export interface NamedMember extends Member {
  name: string
}

export declare class People {
  /** At once a placeholder named by the id, then what the database, the host or the backend says. */
  user(userId: string): ReadonlySignal<NamedUser>
  conversation(id: ConversationId): ReadonlySignal<NamedConversation>
  /** The members of a group; empty until they are known. */
  members(id: ConversationId): ReadonlySignal<readonly NamedMember[]>
  /** Somebody in a conversation: in a group with their nickname as name. */
  member(id: ConversationId, userId: string): ReadonlySignal<NamedMember>
}
