/** Who takes part in which conversation, and so who sees which entry of the log. */
import {
  ConversationType,
  conversationIdOf,
  type ConversationId,
} from '../../model/conversation.js'
import { ErrorCode, IMError } from '../../model/errors.js'
import type { MessageEnvelope } from '../../model/message.js'
import { archiveOf, fromSideOf, groupArchive } from './archive.js'
import { isBlocked } from './block-list.js'
import type { LogEntry, Participation, ServiceDatabase, Span } from './service-database.js'

/** Where nobody has to join, everything is seen from the beginning. */
const always: Span = { from: 0, joined: 0 }

export function canSee(
  participation: Participation | undefined,
  entry: Pick<LogEntry, 'seq' | 'visibleTo'>,
): participation is Participation {
  if (!participation) return false
  if (entry.visibleTo && !entry.visibleTo.includes(participation.userId)) return false
  return spanOf(participation, entry.seq) !== undefined
}

/** The stretch of a participation that a number lies in. */
export function spanOf({ spans }: Participation, seq: number): Span | undefined {
  return spans.find(({ from, to }) => seq >= from && (to === undefined || seq <= to))
}

export function isParticipant(
  participation: Participation | undefined,
): participation is Participation {
  return participation !== undefined && participation.spans.at(-1)?.to === undefined
}

/** @throws IMError 22406 */
export async function assertMember(
  database: ServiceDatabase,
  userId: string,
  groupId: string,
): Promise<Participation> {
  const participation = await database.participations.get([userId, groupArchive(groupId)])
  if (!isParticipant(participation)) {
    throw new IMError(
      ErrorCode.NOT_IN_GROUP,
      `"${userId}" is not a member of the group "${groupId}", or the group does not exist.`,
    )
  }
  return participation
}

/** Members of a group, those who joined first first. */
export async function groupMembers(
  database: ServiceDatabase,
  groupId: string,
): Promise<Participation[]> {
  const rows = await database.participations
    .where('archive')
    .equals(groupArchive(groupId))
    .toArray()
  return rows
    .filter(isParticipant)
    .sort((one, other) => one.spans.at(-1)!.joined - other.spans.at(-1)!.joined)
}

/** Those who get a message that nobody keeps. @throws IMError 22406 */
export async function recipientsOf(
  database: ServiceDatabase,
  message: MessageEnvelope,
): Promise<string[]> {
  const { conversationType, senderUserId, targetId, directedUserIds } = message
  const isGroup = conversationType === ConversationType.GROUP
  if (isGroup) await assertMember(database, senderUserId, targetId)
  if (message.audience === 'self') return [senderUserId]
  if (!isGroup) {
    const isRefused = await isBlocked(database, senderUserId, targetId)
    return isRefused ? [senderUserId] : [senderUserId, targetId]
  }
  const members = (await groupMembers(database, targetId)).map(({ userId }) => userId)
  if (!directedUserIds?.length) return members
  return members.filter((id) => id === senderUserId || directedUserIds.includes(id))
}

/** Sees to it that both sides of a conversation nobody has to join have it. */
export async function enterConversation(
  database: ServiceDatabase,
  userIds: readonly string[],
  message: ConversationId & { senderUserId: string },
): Promise<void> {
  const rows = [...new Set(userIds)].map((userId): Participation => {
    const conversation = conversationIdOf(fromSideOf(userId, message))
    return { userId, archive: archiveOf(userId, conversation), conversation, spans: [always] }
  })
  const known = await database.participations.bulkGet(
    rows.map(({ userId, archive }): [string, string] => [userId, archive]),
  )
  await database.participations.bulkAdd(rows.filter((_, index) => !known[index]))
}
