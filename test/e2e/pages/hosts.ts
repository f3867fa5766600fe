/** Hosts by how they answer who is who; `?host=throws` takes one that does not behave. */
import type { Member, Service } from '../../../src/kit/index.js'
import { ConversationType, type ConversationId } from '../../../src/model/conversation.js'
import { groups, nameOf } from './directory.js'

/** Every call of the callbacks that behave, such as `user bob`. */
export const asked: string[] = []

const knowing: Service = {
  getUserProfile(id) {
    asked.push(`user ${id}`)
    return { id, name: nameOf(id) }
  },
  getConversationProfile(conversations) {
    asked.push(`conversations ${conversations.map(({ targetId }) => targetId).join(' ')}`)
    return conversations.map((conversation) => ({ ...conversation, ...profileOf(conversation) }))
  },
  getGroupMembers({ targetId }) {
    asked.push(`members ${targetId}`)
    return groups.get(targetId)?.memberIds.map(memberOf) ?? []
  },
}

/** Grace is called otherwise in groups. */
function memberOf(id: string): Member {
  return { id, name: nameOf(id), ...(id === 'grace' && { groupNickname: 'Gracie' }) }
}

function profileOf({ conversationType, targetId }: ConversationId) {
  if (conversationType !== ConversationType.GROUP) return { name: nameOf(targetId) }
  const group = groups.get(targetId)
  return { name: group?.name ?? targetId, memberCount: group?.memberIds.length ?? 0 }
}

/** A host all of whose callbacks do the same. */
function doing(callback: () => never | Promise<never>): Service {
  return {
    getUserProfile: callback,
    getConversationProfile: callback,
    getGroupMembers: callback,
  }
}

const fail = (): never => {
  throw new Error('no profiles today')
}

export const hosts: Readonly<Record<string, Service>> = {
  knows: knowing,
  throws: doing(fail),
  rejects: doing(async () => fail()),
  'never answers': doing(() => new Promise(() => {})),
  'answers nonsense': {
    getUserProfile: () => 'Alice' as never,
    getConversationProfile: () => ({ name: 5 }) as never,
    getGroupMembers: () => [null, 7, { name: {} }, { id: [] }] as never,
  },
  'answers with holes': {
    getUserProfile: () => ({ name: 'nobody' }) as never,
    getConversationProfile: () => [null, { name: 'nothing' }] as never,
    getGroupMembers: () => null,
  },
}
