/**
 * Asks who is who: the host's callbacks, and the backend where the host has none or does not know.
 * What a host answers is checked, and what is wrong with it is said by name.
 */
import type { IMClient } from '../core/client.js'
import {
  conversationKey,
  conversationOfKey,
  ConversationType,
  type ConversationId,
} from '../model/conversation.js'
import { invalidParameter } from '../model/errors.js'
import type { UserProfile } from '../model/people.js'
import type { Schedule } from '../core/scope.js'
import { withinTime } from './schedule.js'
import type { ConversationProfile, Member, Service } from './service.js'

export interface HostAnswersOptions {
  service: () => Service
  client: () => IMClient | undefined
  schedule: Schedule
  report: (error: unknown, context: string) => void
}

/** Milliseconds a callback may take. */
const patience = 10_000

/** Users asked for at the same time: the host is asked for one by one. */
const atOnce = 8

export class HostAnswers {
  readonly #options: HostAnswersOptions

  constructor(options: HostAnswersOptions) {
    this.#options = options
  }

  async users(
    ids: readonly string[],
    answered: (id: string, profile: UserProfile) => void,
  ): Promise<void> {
    const unknown = new Set(ids)
    const tell = (profile: UserProfile) => {
      if (unknown.delete(profile.id)) answered(profile.id, profile)
    }
    if (this.#options.service().getUserProfile) {
      const waiting = [...ids]
      const askNext = async () => {
        for (let id = waiting.shift(); id !== undefined; id = waiting.shift()) {
          const profile = await this.#hostUser(id)
          if (profile) tell(profile)
        }
      }
      await Promise.all(Array.from({ length: atOnce }, askNext))
    }
    for (const profile of await this.#hostedUsers([...unknown])) tell(profile)
  }

  /** @param keys conversation keys */
  async conversations(
    keys: readonly string[],
    answered: (key: string, profile: ConversationProfile) => void,
  ): Promise<void> {
    const unknown = new Set(keys)
    for (const profile of await this.#hostConversations(keys.map(conversationOfKey))) {
      const key = conversationKey(profile)
      if (unknown.delete(key)) answered(key, profile)
    }
    await Promise.all(
      [...unknown].map(async (key) => {
        const profile = await this.#hostedGroup(conversationOfKey(key))
        if (profile) answered(key, profile)
      }),
    )
  }

  async members(conversation: ConversationId): Promise<Member[] | undefined> {
    if (conversation.conversationType !== ConversationType.GROUP) return undefined
    const { getGroupMembers } = this.#options.service()
    if (!getGroupMembers) return this.#hostedMembers(conversation)
    const members = await this.#call('getGroupMembers', () => getGroupMembers(conversation))
    return members === undefined ? undefined : this.checkedMembers(members, 'getGroupMembers')
  }

  /** Members with an id; what is wrong with the others is reported. */
  checkedMembers(members: unknown, from: string): Member[] {
    return this.#checkedList(members, from, checkedMember)
  }

  async #hostUser(id: string): Promise<UserProfile | undefined> {
    const { getUserProfile } = this.#options.service()
    const answer = await this.#call('getUserProfile', () => getUserProfile?.(id))
    if (answer === undefined || answer === null) return undefined
    try {
      const profile = checkedUser(answer)
      if (profile.id === id) return profile
      throw invalidParameter(`It was asked for "${id}" and answered for "${profile.id}".`)
    } catch (error) {
      this.#options.report(error, 'service.getUserProfile')
      return undefined
    }
  }

  async #hostConversations(conversations: ConversationId[]): Promise<ConversationProfile[]> {
    const { getConversationProfile } = this.#options.service()
    if (!getConversationProfile) return []
    const name = 'getConversationProfile'
    const answer = await this.#call(name, () => getConversationProfile(conversations))
    if (answer === undefined || answer === null) return []
    return this.#checkedList(answer, name, checkedConversation)
  }

  async #hostedUsers(ids: string[]): Promise<UserProfile[]> {
    if (!ids.length) return []
    const profiles = this.#options.client()?.profiles
    const hosted = await this.#call('the backend', () => profiles?.hosted(ids))
    return hosted ?? []
  }

  async #hostedGroup(conversation: ConversationId): Promise<ConversationProfile | undefined> {
    const client = this.#options.client()
    const isGroup = conversation.conversationType === ConversationType.GROUP
    if (!isGroup || !client?.isOpen || !client.capabilities.has('groups')) return undefined
    const info = await this.#call('the backend', () => client.groups.info(conversation.targetId))
    if (!info) return undefined
    const { name, portraitUri, memberCount } = info
    return { ...conversation, name, memberCount, ...(portraitUri ? { portraitUri } : {}) }
  }

  async #hostedMembers({ targetId }: ConversationId): Promise<Member[] | undefined> {
    const client = this.#options.client()
    if (!client?.isOpen || !client.capabilities.has('groups')) return undefined
    const members = await this.#call('the backend', () => client.groups.members(targetId))
    return members?.map(({ id }) => ({ id }))
  }

  /** undefined: there was no answer, and the reason has been reported. */
  async #call<Answer>(
    name: string,
    ask: () => Answer | Promise<Answer>,
  ): Promise<Answer | undefined> {
    const { schedule, report, service } = this.#options
    const what = name in service() ? `service.${name}` : name
    try {
      return await withinTime(Promise.resolve(ask()), schedule, patience, what)
    } catch (error) {
      report(error, what)
      return undefined
    }
  }

  #checkedList<Item>(answer: unknown, name: string, check: (item: unknown) => Item): Item[] {
    const { report } = this.#options
    if (!Array.isArray(answer)) {
      report(invalidParameter('It must give an array.'), `service.${name}`)
      return []
    }
    return answer.flatMap((item) => {
      try {
        return [check(item)]
      } catch (error) {
        report(error, `service.${name}`)
        return []
      }
    })
  }
}

/** The known fields of a profile. @throws IMError 33003 that names what is missing */
export function checkedUser(answer: unknown): UserProfile {
  const record = recordOf(answer)
  return { id: required(record, 'id'), ...texts(record, ['name', 'portraitUri', 'displayName']) }
}

/** @throws IMError 33003 that names what is missing */
export function checkedConversation(answer: unknown): ConversationProfile {
  const record = recordOf(answer)
  const { conversationType, channelId, memberCount } = record
  if (typeof conversationType !== 'number' || !(conversationType in ConversationType)) {
    throw invalidParameter('A conversation profile is missing its `conversationType`.')
  }
  const profile: ConversationProfile = {
    conversationType,
    targetId: required(record, 'targetId'),
    ...texts(record, ['name', 'portraitUri', 'displayName']),
  }
  if (typeof channelId === 'string' && channelId) profile.channelId = channelId
  const isGroup = conversationType === ConversationType.GROUP
  if (isGroup && Number.isInteger(memberCount)) profile.memberCount = memberCount as number
  return profile
}

/** @throws IMError 33003 that names what is missing */
function checkedMember(answer: unknown): Member {
  return { ...checkedUser(answer), ...texts(recordOf(answer), ['groupNickname']) }
}

function recordOf(answer: unknown): Record<string, unknown> {
  if (typeof answer === 'object' && answer !== null) return answer as Record<string, unknown>
  throw invalidParameter(`A profile is an object, not ${String(answer)}.`)
}

function required(record: Record<string, unknown>, field: string): string {
  const value = record[field]
  if (typeof value === 'string' && value) return value
  throw invalidParameter(`A profile is missing its \`${field}\`.`)
}

function texts<Field extends string>(
  record: Record<string, unknown>,
  fields: readonly Field[],
): Partial<Record<Field, string>> {
  const found: Partial<Record<Field, string>> = {}
  for (const field of fields) {
    const value = record[field]
    if (typeof value === 'string' && value) found[field] = value
  }
  return found
}
