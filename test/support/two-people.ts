/**
 * Alice and Bob, each with a kit of their own, connected to one embedded service that nobody else
 * uses. Both are on this page: what one does is to be seen by the other.
 */
import { localToken, type LocalBackend } from '../../src/backends/local/index.js'
import { createIMKit, type IMKit } from '../../src/kit/kit.js'
import type { InitOptions } from '../../src/kit/kit-options.js'
import { ConversationType, type ConversationId } from '../../src/model/conversation.js'
import { uuidv7 } from '../../src/model/identity.js'
import type { Message } from '../../src/model/message.js'
import { MessageType, type BaseMessage } from '../../src/model/message-types.js'
import { LocalService } from './backend-local-service.js'

/** Their names on screen, by id. */
export const names: Readonly<Record<string, string>> = {
  alice: 'Alice',
  bob: 'Bob',
  carol: 'Carol',
}

/** The private conversations as each of the two sees them. */
export const withBob: ConversationId = {
  conversationType: ConversationType.PRIVATE,
  targetId: 'bob',
}
export const withAlice: ConversationId = {
  conversationType: ConversationType.PRIVATE,
  targetId: 'alice',
}

export interface Person {
  kit: IMKit
  token: string
  /** Their way to the service: `backend.setOnline(false)` pulls the plug. */
  backend: LocalBackend
}

export interface People {
  alice: Person
  bob: Person
  /** Somebody else of the same service, connected. */
  add(userId: string, options?: Partial<InitOptions>): Promise<Person>
  /** A group of these people, made by the first; resolves with its conversation. */
  group(name: string, ...people: Person[]): Promise<ConversationId>
  /** Ends all kits and removes everything they have stored. */
  end(): Promise<void>
}

/** @param options what Alice's kit is told besides: hooks, a service of one's own */
export async function twoPeople(options: Partial<InitOptions> = {}): Promise<People> {
  const service = new LocalService()
  const people: Person[] = []

  const add = async (userId: string, options: Partial<InitOptions> = {}) => {
    const person = createPerson(service, userId, options)
    people.push(person)
    await person.kit.connect(person.token)
    return person
  }

  return {
    alice: await add('alice', options),
    bob: await add('bob'),
    add,
    group: async (name, owner, ...members) => {
      const memberIds = members.map(({ kit }) => kit.client!.userId)
      const { groupId } = await owner!.kit.client!.groups.create({ name, memberIds })
      return { conversationType: ConversationType.GROUP, targetId: groupId }
    },
    end: async () => {
      for (const { kit } of people) await kit.client!.clearLocalData()
      await service.remove()
    },
  }
}

/** A kit with a backend, not connected yet. English, so that tests can be read. */
export function createPerson(
  service: LocalService,
  userId: string,
  options: Partial<InitOptions> = {},
): Person {
  const users = Object.entries(names).map(([id, name]) => ({ id, name }))
  const backend = service.openTab({ users })
  const kit = createIMKit({ name: uuidv7() })
  kit.init({ appkey: service.name, backend, language: 'en', ...options })
  return { kit, token: localToken(userId), backend }
}

export function text(content: string): BaseMessage {
  return {
    messageType: MessageType.TEXT,
    content: { content },
    isPersisted: true,
    isCounted: true,
    isStatusMessage: false,
  }
}

/** Resolves when the service has the message. */
export function say(person: Person, to: ConversationId, content: string): Promise<Message> {
  return person.kit.client!.sender.send(to, text(content))
}
