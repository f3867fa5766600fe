/**
 * The client's database: one per app key and user. Every number on the screen comes from here.
 *
 * A change of a table is a new version below with an upgrade of its own, never an edit of an old one.
 */
import { Dexie, type Table } from 'dexie'
import type {
  ConversationType,
  Draft,
  NotificationLevel,
  ReadPosition,
} from '../model/conversation.js'
import type { ArchivedMessage, Message } from '../model/message.js'
import type { MentionedInfo } from '../model/content.js'
import type { GroupInfo, GroupMember, UserProfile } from '../model/people.js'
import type { SearchBlockRow } from './search-blocks.js'

export interface MessageRow extends Message {
  conversationKey: string
}

/** What is known of a conversation besides its messages. */
export interface ConversationRow {
  conversationKey: string
  conversationType: ConversationType
  targetId: string
  channelId?: string
  /** What the list is sorted by, descending; absent while the conversation is not in the list. */
  listOrder?: string
  /** Time of the last thing that moves the conversation up. */
  sortTime: number
  isTop: boolean
  notificationLevel: NotificationLevel
  draft?: Draft
  /** The row of the last shown message. */
  latestMessageId?: number
  /** Its place: what comes behind it is the last message, without looking for it. */
  latestOrder?: string
  unreadMessageCount: number
  unreadMentionedCount: number
  /** The newest mention that is not read. */
  mentionedInfo?: MentionedInfo
  lastUnreadTime: number
  /** How far this user has read, on whatever device. */
  readPosition?: ReadPosition
  /** Private: own messages up to this server time have been read by the other side. */
  peerReadTime: number
  /** Messages up to here have been removed by this user (clear history). */
  clearedBefore?: string
  /** The user took it out of the list at this time; a newer message brings it back. */
  removedAt?: number
  /** Messages may be missing between the newest stretch that is here and what comes next. */
  hasGap?: 1
  /** More was missed than the backend replays: its counts and last message have to be asked for. */
  isStale?: 1
  /** The counts were the backend's: every message up to here is in them already. */
  countedUpTo?: string
}

/** A stretch of a conversation's archive that is here without holes. */
export interface SegmentRow {
  conversationKey: string
  oldest: string
  newest: string
  /** There is nothing older in the archive. */
  reachesStart: boolean
}

/** An operation whose message is not here yet. */
export interface WaitingOperationRow {
  id?: number
  conversationKey: string
  targetSenderUserId: string
  targetMessageUId: string
  operation: ArchivedMessage
}

/** A message on its way out. The message itself is a row of `messages`, or here if it is not shown. */
export interface OutboxRow {
  id?: number
  conversationKey: string
  messageUId: string
  /** Row in `messages`; absent for operations. */
  messageId?: number
  /** An operation, whole. */
  operation?: Omit<ArchivedMessage, 'order' | 'sentTime'>
  /** A file that has to be uploaded first, and the field of the content its address goes into. */
  upload?: { file: Blob; name: string; field: string }
  /** The upload was refused; the file is kept so that it can be tried again. */
  isRefused?: boolean
}

export interface SettingRow {
  key: string
  value: unknown
  version: number
  /** 1: changed here and not yet on the server. */
  dirty: 0 | 1
  /** What another device set while ours was under way. */
  theirs?: { value: unknown; version: number }
}

export interface GroupRow extends GroupInfo {
  /** Something has changed since: ask again when there is a connection. */
  isStale?: boolean
  /** This user is no longer a member. */
  hasLeft?: boolean
}

export interface GroupMemberRow extends GroupMember {
  groupId: string
}

/** Who is who, as last told: so that names are there before the host or the server answers. */
export interface ProfileRow {
  /** `user/<id>` or `conversation/<conversationKey>` or `members/<conversationKey>` */
  key: string
  profile: UserProfile | Record<string, unknown> | readonly Record<string, unknown>[]
  fetchedAt: number
}

export interface MetaRow {
  key:
    | 'cursor'
    | 'deviceId'
    | 'unsentSerial'
    | 'hasConversationList'
    | 'conversationListCursor'
    /** Some conversations on the list are stale, and no answer has come yet. */
    | 'isListBehind'
    | 'blockList'
    /** What search looks into, by type: blocks made otherwise are of no use. */
    | 'searchedFields'
  value: unknown
}

export class ClientDatabase extends Dexie {
  declare messages: Table<MessageRow, number>
  declare searchBlocks: Table<SearchBlockRow, number>
  /** Numbers of messages a block stands for. At most 256: places in a block are bytes. */
  readonly searchBlockSize = 256
  declare conversations: Table<ConversationRow, string>
  declare segments: Table<SegmentRow, [string, string]>
  declare waitingOperations: Table<WaitingOperationRow, number>
  declare outbox: Table<OutboxRow, number>
  declare settings: Table<SettingRow, string>
  declare groups: Table<GroupRow, string>
  declare members: Table<GroupMemberRow, [string, string]>
  declare profiles: Table<ProfileRow, string>
  declare meta: Table<MetaRow, string>

  constructor(
    name: string,
    options: { indexedDB?: IDBFactory; IDBKeyRange?: typeof IDBKeyRange } = {},
  ) {
    super(name, { ...options, autoOpen: false })
    this.version(1).stores({
      messages:
        '++messageId, &[conversationKey+senderUserId+messageUId], [conversationKey+order], [conversationKey+messageType+order]',
      conversations: 'conversationKey, listOrder',
      segments: '[conversationKey+newest]',
      waitingOperations: '++id, [conversationKey+targetSenderUserId+targetMessageUId]',
      outbox: '++id, conversationKey, messageId',
      settings: 'key, dirty',
      groups: 'groupId',
      members: '[groupId+id], groupId',
      profiles: 'key',
      meta: 'key',
    })
    // What is unread is found without reading what is not.
    this.version(2).stores({
      conversations: 'conversationKey, listOrder, unreadMessageCount',
    })
    // Filled by searching: what is stored already is not read before somebody asks for it.
    this.version(3).stores({
      searchBlocks: 'block, newest, oldest, *conversations',
    })
    // An index nobody asked made storing a message slower. What is missing is found by index.
    this.version(4)
      .stores({
        messages:
          '++messageId, &[conversationKey+senderUserId+messageUId], [conversationKey+order]',
        conversations: 'conversationKey, listOrder, unreadMessageCount, hasGap, isStale',
      })
      .upgrade((transaction) =>
        transaction
          .table<Record<'hasGap' | 'isStale', unknown>>('conversations')
          .filter(({ hasGap, isStale }) => hasGap !== undefined || isStale !== undefined)
          .modify((row) => {
            for (const flag of ['hasGap', 'isStale'] as const) {
              if (row[flag] === true) row[flag] = 1
              else delete row[flag]
            }
          }),
      )
  }
}

/** Databases are per app key and user: what one user stored is not read by the next. */
export function databaseName(appkey: string, userId: string): string {
  return `imkit/${encodeURIComponent(appkey)}/${encodeURIComponent(userId)}`
}
