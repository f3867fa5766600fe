/** A user's conversations with their last message and what is unread. */
import { conversationKey, type ReadPosition } from '../../model/conversation.js'
import { MentionedType, type MentionedInfo } from '../../model/content.js'
import type { ServerConversation, ServerConversations, Page } from '../backend.js'
import { seenBy } from './archive.js'
import { isParticipant } from './audience.js'
import type { LogEntry, Participation, ServiceDatabase } from './service-database.js'
import { asSeenBy, operationsOn, participationsOf, viewsOf, type View } from './view.js'

interface Candidate {
  participation: Participation
  view: View
  latest: LogEntry
}

/** The port's conversation list, for one user. */
export function conversationsOf(userId: string, database: ServiceDatabase): ServerConversations {
  return {
    list: ({ count, before = Number.MAX_SAFE_INTEGER }) =>
      database.read(async (): Promise<Page<ServerConversation>> => {
        const candidates = (await candidatesOf(database, userId))
          .filter(({ latest }) => latest.sentTime < before)
          .sort((one, other) => other.latest.seq - one.latest.seq)
        const items: ServerConversation[] = []
        for (const candidate of candidates.slice(0, count)) {
          items.push(await describe(database, candidate))
        }
        return { items, hasMore: candidates.length > count }
      }),
  }
}

/** What the user takes part in and can see a message of. */
async function candidatesOf(database: ServiceDatabase, userId: string): Promise<Candidate[]> {
  const participations = (await participationsOf(database, userId)).filter(isParticipant)
  const archives = await database.archives.bulkGet(participations.map(({ archive }) => archive))
  const last = await database.log.bulkGet(archives.map((row) => row?.lastSeq ?? 0))
  const viewOfArchive = await viewsOf(database, userId)
  const candidates: Candidate[] = []
  for (const [index, participation] of participations.entries()) {
    const entry = last[index]
    if (!entry) continue
    const view = viewOfArchive(participation)
    const isLatest = (candidate: LogEntry) => view(candidate) && !candidate.vanished
    const latest = isLatest(entry)
      ? entry
      : await shownMessages(database, participation).reverse().filter(isLatest).first()
    if (latest) candidates.push({ participation, view, latest })
  }
  return candidates
}

function shownMessages(database: ServiceDatabase, { archive }: Participation) {
  return database.log
    .where('[archive+kind+seq]')
    .between([archive, 'message', 0], [archive, 'message', Number.MAX_SAFE_INTEGER])
}

/** A page of history ends with its last message: these are in none. */
function receiptsBehind(database: ServiceDatabase, { archive, seq }: LogEntry) {
  return database.log
    .where('[archive+kind+seq]')
    .between([archive, 'receipt', seq], [archive, 'receipt', Number.MAX_SAFE_INTEGER])
}

async function describe(
  database: ServiceDatabase,
  { participation, view, latest }: Candidate,
): Promise<ServerConversation> {
  const { userId, archive, conversation } = participation
  const readUpTo = await readPositionOf(database, participation)
  const unread = await database.log
    .where('[archive+counted+seq]')
    .between([archive, 1, readUpTo], [archive, 1, Number.MAX_SAFE_INTEGER], false, true)
    .filter((entry) => entry.message.senderUserId !== userId && view(entry))
    .toArray()
  return {
    ...conversation,
    latestMessage: seenBy(userId, latest),
    operations: asSeenBy(userId, [
      ...(await operationsOn(database, participation, [latest])),
      ...(await receiptsBehind(database, latest).filter(view).toArray()),
    ]),
    unreadMessageCount: unread.length,
    unreadMentionedCount: unread.filter((entry) => mentions(entry, userId)).length,
  }
}

/** The number up to which the user has read, as told by the setting that all their devices share. */
async function readPositionOf(
  database: ServiceDatabase,
  { userId, conversation }: Participation,
): Promise<number> {
  const key = `${conversationKey(conversation)}:readPosition`
  const setting = await database.settings.get([userId, key])
  const order = Number((setting?.value as Partial<ReadPosition> | null | undefined)?.order)
  return Number.isFinite(order) ? order : 0
}

function mentions({ message }: LogEntry, userId: string): boolean {
  const mentioned: MentionedInfo | undefined = message.content.mentionedInfo
  if (!message.isMentioned || !mentioned) return false
  return mentioned.type === MentionedType.ALL || !!mentioned.userIdList?.includes(userId)
}
