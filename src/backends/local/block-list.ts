/** Whom every user does not want to hear from. */
import { ConversationType } from '../../model/conversation.js'
import type { MessageEnvelope } from '../../model/message.js'
import { addedToBlockList } from '../block-list-rules.js'
import type { BlockList } from '../backend.js'
import type { Service } from './service.js'
import type { ServiceDatabase } from './service-database.js'

/** The port's block list, for one user. */
export function blockListOf(
  userId: string,
  { database, directory, rules, bell }: Service,
): BlockList {
  const change = async (changed: (blocked: string[]) => string[]) => {
    await database.write(async () => {
      const before = (await database.blockLists.get(userId))?.blocked ?? []
      const blocked = changed(before)
      if (blocked.length === before.length) return
      const { seq } = await database.tick(rules.now())
      await database.blockLists.put({ userId, blocked, version: seq })
    })
    bell.ring({ kind: 'appended' })
  }
  return {
    add(userIds) {
      for (const id of userIds) directory.assertExists(id)
      return change((blocked) => addedToBlockList(userId, blocked, userIds))
    },
    remove: (userIds) => change((blocked) => blocked.filter((id) => !userIds.includes(id))),
  }
}

/** A user's block list, if it changed after one number and up to another. */
export function blockListBetween(
  database: ServiceDatabase,
  userId: string,
  after: number,
  upTo: number,
): PromiseLike<{ blockList?: string[] }> {
  return database.blockLists
    .get(userId)
    .then((row) =>
      row && row.version > after && row.version <= upTo ? { blockList: row.blocked } : {},
    )
}

/** Whether somebody does not want to hear from a user. */
export function isBlocked(
  database: ServiceDatabase,
  userId: string,
  by: string,
): PromiseLike<boolean> {
  return database.blockLists.get(by).then((row) => row?.blocked.includes(userId) ?? false)
}

/** Whom a message would reach that they may not want: the other one of a private conversation. */
export function addressee(message: MessageEnvelope): string | undefined {
  const isPrivate = message.conversationType === ConversationType.PRIVATE
  return isPrivate && message.audience !== 'self' ? message.targetId : undefined
}
