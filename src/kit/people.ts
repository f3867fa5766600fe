/**
 * Who is who, for the screen: signals that are never without a name. They begin with the id and
 * follow what the database keeps, the host or the backend answers, and the host corrects.
 */
import { computed, type ReadonlySignal } from '@preact/signals-core'
import type { IMClient } from '../core/client.js'
import {
  conversationKey,
  conversationOfKey,
  ConversationType,
  type ConversationId,
} from '../model/conversation.js'
import type { UserProfile } from '../model/people.js'
import { checkedConversation, checkedUser, HostAnswers } from './host-answers.js'
import { ProfileLookup } from './profile-lookup.js'
import type { Schedule } from '../core/scope.js'
import type { ConversationProfile, Member, Service } from './service.js'

export interface NamedUser extends UserProfile {
  name: string
}

export interface NamedConversation extends ConversationProfile {
  name: string
}

export interface NamedMember extends Member {
  name: string
}

export interface PeopleOptions {
  service: () => Service
  client: () => IMClient | undefined
  schedule: Schedule
  report: (error: unknown, context: string) => void
}

export class People {
  readonly #options: PeopleOptions
  readonly #answers: HostAnswers
  readonly #users: ProfileLookup<UserProfile>
  readonly #conversations: ProfileLookup<ConversationProfile>
  readonly #members: ProfileLookup<readonly Member[] | undefined>
  /** One signal for each that is asked for, however often it is drawn. */
  readonly #named = new Map<string, ReadonlySignal<unknown>>()

  constructor(options: PeopleOptions) {
    this.#options = options
    this.#answers = new HostAnswers(options)
    this.#users = this.#lookup<UserProfile>('user', {
      placeholder: (id) => ({ id }),
      ask: (ids, answered) => this.#answers.users(ids, answered),
    })
    this.#conversations = this.#lookup<ConversationProfile>('conversation', {
      placeholder: (key) => conversationOfKey(key),
      ask: (keys, answered) => this.#answers.conversations(keys, answered),
    })
    this.#members = this.#lookup<readonly Member[] | undefined>('members', {
      placeholder: () => undefined,
      ask: async (keys, answered) => {
        const asking = keys.map(async (key) => {
          const members = await this.#answers.members(conversationOfKey(key))
          if (members) answered(key, members)
        })
        await Promise.all(asking)
      },
    })
  }

  /** Somebody. At first named by the id. */
  user(userId: string): ReadonlySignal<NamedUser> {
    return this.#once(`user/${userId}`, () => named(this.#users.get(userId).value, userId))
  }

  /** A conversation. A private one that nobody names otherwise is named by the other user. */
  conversation(id: ConversationId): ReadonlySignal<NamedConversation> {
    const key = conversationKey(id)
    return this.#once(`conversation/${key}`, () => {
      const profile = this.#conversations.get(key).value
      const isPrivate = profile.conversationType === ConversationType.PRIVATE
      const isNamed = profile.name || profile.displayName
      // Users are asked for one by one: only those whom the one call for all has left nameless.
      return isPrivate && !isNamed && this.#conversations.isSettled(key).value
        ? this.#namedByUser(profile)
        : named(profile, profile.targetId)
    })
  }

  /** The members of a group, asked for with the first call; empty until they are known. */
  members(id: ConversationId): ReadonlySignal<readonly NamedMember[]> {
    const key = conversationKey(id)
    return this.#once(`members/${key}`, () =>
      (this.#members.get(key).value ?? []).map((member) => this.#namedMember(member)),
    )
  }

  /**
   * Somebody in a conversation: with their nickname in a group whose members have been asked for.
   * A list of many groups does not load all their members for this.
   */
  member(id: ConversationId, userId: string): ReadonlySignal<NamedMember> {
    const key = conversationKey(id)
    return this.#once(`member/${key}/${userId}`, () => {
      const member = this.#members.watch(key).value?.find((one) => one.id === userId)
      if (member?.groupNickname || member?.name) return this.#namedMember(member)
      return this.user(userId).value
    })
  }

  /** As `user`, once somebody has answered or nobody can. */
  async loadUser(userId: string): Promise<NamedUser> {
    return named(await this.#users.load(userId), userId)
  }

  async loadConversation(id: ConversationId): Promise<NamedConversation> {
    const profile = await this.#conversations.load(conversationKey(id))
    if (!profile.name && id.conversationType === ConversationType.PRIVATE) {
      await this.#users.load(id.targetId)
    }
    return this.conversation(id).peek()
  }

  async loadMembers(id: ConversationId): Promise<readonly NamedMember[]> {
    await this.#members.load(conversationKey(id))
    return this.members(id).peek()
  }

  /** Replaces a profile wherever it is shown. @throws IMError 33003 without an id */
  updateUser(profile: UserProfile): UserProfile {
    const user = checkedUser(profile)
    this.#users.put(user.id, user)
    const { name, portraitUri } = user
    for (const key of this.#members.keys()) {
      const members = this.#members.watch(key).peek()
      if (!members?.some((member) => member.id === user.id)) continue
      this.#members.put(
        key,
        members.map((member) =>
          member.id === user.id ? { ...member, name, portraitUri } : member,
        ),
      )
    }
    const id = { conversationType: ConversationType.PRIVATE, targetId: user.id }
    const known = this.#conversations.watch(conversationKey(id)).peek()
    if (known.name) this.updateConversation({ ...known, name, portraitUri })
    return user
  }

  /**
   * Replaces a conversation's profile, if this page knows the conversation.
   * @returns undefined if it does not
   * @throws IMError 33003 without conversationType or targetId
   */
  updateConversation(profile: ConversationProfile): ConversationProfile | undefined {
    const conversation = checkedConversation(profile)
    const key = conversationKey(conversation)
    if (!this.#conversations.keys().includes(key)) return undefined
    this.#conversations.put(key, conversation)
    return conversation
  }

  /** Replaces all members of a group. */
  updateMembers(id: ConversationId, members: readonly Member[]): Member[] {
    const checked = this.#answers.checkedMembers(members, 'updateGroupMembers')
    this.#members.put(conversationKey(id), checked)
    return checked
  }

  /** Groups have changed: asks again for those that are shown. */
  groupsChanged(groupIds: Iterable<string>): void {
    const keys = [...groupIds].map((targetId) =>
      conversationKey({ conversationType: ConversationType.GROUP, targetId }),
    )
    this.#conversations.refresh(keys)
    this.#members.refresh(keys)
  }

  /** There is somebody to ask, or there is again. */
  retry(): void {
    for (const lookup of [this.#users, this.#conversations, this.#members]) lookup.retry()
  }

  /** Forgets everybody: the user has left. */
  clear(): void {
    for (const lookup of [this.#users, this.#conversations, this.#members]) lookup.clear()
    this.#named.clear()
  }

  #namedByUser(profile: ConversationProfile): NamedConversation {
    const { name, portraitUri = profile.portraitUri } = this.user(profile.targetId).value
    return { ...profile, name, ...(portraitUri ? { portraitUri } : {}) }
  }

  #namedMember(member: Member): NamedMember {
    const { groupNickname, displayName, name, id } = member
    const own = groupNickname || displayName || name
    if (own) return { ...member, name: own }
    const user = this.user(id).value
    return { ...user, ...member, name: user.name }
  }

  #once<Value>(key: string, read: () => Value): ReadonlySignal<Value> {
    let known = this.#named.get(key) as ReadonlySignal<Value> | undefined
    if (!known) this.#named.set(key, (known = computed(read)))
    return known
  }

  #lookup<Value>(
    kind: 'user' | 'conversation' | 'members',
    lookup: Pick<ConstructorParameters<typeof ProfileLookup<Value>>[0], 'placeholder' | 'ask'>,
  ): ProfileLookup<Value> {
    const { client, schedule, report } = this.#options
    return new ProfileLookup<Value>({
      ...lookup,
      schedule,
      report,
      isReady: () => client()?.isOpen === true,
      cached: async (keys) => {
        const found = await client()?.profiles.cached(keys.map((key) => `${kind}/${key}`))
        const entries = [...(found ?? [])] as [string, Value][]
        return new Map(entries.map(([key, value]) => [key.slice(kind.length + 1), value]))
      },
      keep: async (entries) => {
        const rows = [...entries].map(([key, profile]) => ({
          key: `${kind}/${key}`,
          profile: profile as Record<string, unknown>,
        }))
        await client()?.profiles.keep(rows)
      },
    })
  }
}

function named<Profile extends { name?: string; displayName?: string }>(
  profile: Profile,
  id: string,
): Profile & { name: string } {
  return { ...profile, name: profile.displayName || profile.name || id }
}
