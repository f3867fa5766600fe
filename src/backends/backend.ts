/**
 * The port every server hides behind. A backend stores messages in archives, hands them to
 * those they are for, and says what else it can do. It knows nothing of databases or screens.
 *
 * `test/contract` says in tests what the comments here say in words.
 */
import type { ConversationId } from '../model/conversation.js'
import type { IMError } from '../model/errors.js'
import type { ArchivedMessage, MessageEnvelope } from '../model/message.js'
import type { GroupInfo, GroupMember, UserProfile } from '../model/people.js'

/** What a backend may or may not be able to do. */
export type Capability =
  /** take a message back for everyone */
  | 'recall'
  /** key/value state on messages */
  | 'expansion'
  /** another content for a message, by its author */
  | 'edit'
  /** emoji on messages */
  | 'reactions'
  /** reader lists of group messages */
  | 'groupReceipts'
  /** messages to some members of a group */
  | 'directedMessages'
  /** typing and other online-only messages */
  | 'statusMessages'
  /** delete for me, on all devices */
  | 'deleteForMe'
  /** `session.conversations` */
  | 'conversations'
  /** `session.search` */
  | 'search'
  /** `session.groups` */
  | 'groups'
  /** `session.files` */
  | 'files'
  /** `session.profiles` */
  | 'profiles'
  /** `session.blockList` */
  | 'blockList'
  /** `session.presence` */
  | 'presence'
  /** `session.push` */
  | 'push'

export interface Backend {
  /** For logs: `local`, `xmpp`. */
  readonly name: string
  /**
   * The user a token is for, if that can be read without asking anybody. Lets the client open
   * the right database, and so the lists, before there is a connection.
   */
  userIdOf?(token: string): string | undefined
  /**
   * Logs in. Resolves when the session can send; `sink` is called from then on.
   * @throws IMError 31004 wrong token, 31020 expired token, 31009 blocked user (not retried);
   *   30002, 30010, 31000, 34006 and the like when nobody answers (retried by the core).
   */
  connect(credentials: Credentials, sink: BackendSink): Promise<BackendSession>
}

export interface Credentials {
  appkey: string
  token: string
  /** One per database, kept: tells this device's messages from those of the user's others. */
  deviceId: string
  /** Ends an attempt that no longer matters. */
  signal?: AbortSignal
}

/** Where a backend puts what comes without being asked. Calls return at once and never throw. */
export interface BackendSink {
  /** What happened, in order, since the last batch (or since `catchUp` ended). */
  batch(batch: Batch): void
  /** Online-only messages: typing and custom status types. Not archived, never late. */
  status(messages: readonly StatusMessage[]): void
  /** How people stand that are watched (`session.presence`), as far as it may be news. */
  presence(states: readonly PresenceState[]): void
  /**
   * The session is over and was not closed by us. The core connects again if the code is
   * retryable, and tells the host if it is not (31010 kicked, 31011 blocked, 31020 expired).
   */
  closed(reason: IMError): void
  /**
   * Something a peer sent was left out, since it says what its sender may not say: for who looks for
   * a fault. Nothing has to be done.
   */
  disbelieved?(reason: IMError): void
}

/** A place in the user's stream of events. Opaque; kept by the core, given back to `catchUp`. */
export type Cursor = string

/** One stretch of the user's stream, in the order of the archive. */
export interface Batch {
  /**
   * Shown messages and operations alike, own ones from all devices included (also those this
   * very session sent: the core knows them by id).
   */
  messages: readonly ArchivedMessage[]
  settings?: readonly Setting[]
  /** Groups whose info or members changed, or that this user entered or left. */
  groups?: readonly GroupChange[]
  /** Everyone this user blocks now: when that has changed, or may have since the last batch. */
  blockList?: readonly string[]
  /**
   * Conversations in which messages may be missing before those of this batch, because more was
   * missed than the backend replays. The core fills the gap from `history` before showing across it.
   */
  gaps?: readonly ConversationId[]
  /** Everything up to here has been delivered. Stored in the same transaction as the batch. */
  cursor: Cursor
}

export interface StatusMessage extends MessageEnvelope {
  sentTime: number
}

export interface PresenceState {
  userId: string
  /** On at least one device. */
  isOnline: boolean
}

export interface GroupChange {
  groupId: string
  /** false: this user is no longer a member, or the group is gone. */
  isMember: boolean
}

/** One entry of the user's own key-value store, the same on all devices. */
export interface Setting {
  key: string
  /** JSON; null: the entry is gone. */
  value: unknown
  /** Compares as a number: the higher one is newer. Given by the backend. */
  version: number
}

/** What goes out: everything but what the backend adds. */
export type OutgoingMessage = MessageEnvelope

export interface Acknowledgement {
  /** Place in the archive; empty for messages that are not persisted. */
  order: string
  sentTime: number
}

export interface HistoryQuery {
  conversation: ConversationId
  /** The `count` messages before this place, or after it, or around it; none of them: the newest. */
  before?: string
  after?: string
  around?: string
  /** shown messages, 1 to 100 */
  count: number
}

/** One stretch of one conversation's archive, without holes. */
export interface HistoryPage {
  /** Shown messages, oldest first. */
  messages: ArchivedMessage[]
  /**
   * Every operation of the archive on one of `messages`, oldest first, wherever it stands, and
   * every read receipt in the stretch.
   */
  operations: ArchivedMessage[]
  /** Whether there are shown messages before the first, after the last one. */
  hasOlder: boolean
  hasNewer: boolean
}

export interface ServerConversation extends ConversationId {
  latestMessage?: ArchivedMessage
  /** Operations on `latestMessage`, and the read receipts behind it. */
  operations?: ArchivedMessage[]
  unreadMessageCount: number
  unreadMentionedCount: number
}

export interface Page<Item> {
  items: Item[]
  hasMore: boolean
}

/** What a backend that was connected offers. */
export interface BackendSession {
  readonly userId: string
  readonly capabilities: ReadonlySet<Capability>
  /** Unix milliseconds by the server's clock. */
  serverTime(): number

  /**
   * Appends to the archive and hands to everyone the message is for. Idempotent: the same
   * conversation, sender and messageUId again gives the first acknowledgement again.
   * The backend fills in `senderUserId` itself and never believes the one it is given.
   * @throws IMError with the documented code when refused (22406 not in the group, 20604 too fast,
   *   30016 too large, 25107 not yours to recall, 405 blocked by whom it is for, …), a retryable one
   *   when nobody answered.
   */
  send(message: OutgoingMessage): Promise<Acknowledgement>

  /** A stretch of one conversation. @throws IMError 22406 for a group one is not in */
  history(query: HistoryQuery): Promise<HistoryPage>

  /**
   * Everything missed since `cursor`, in order; ends when there is nothing more. With no cursor
   * (a new device): the current settings, block list and cursor, and `gaps` where the archive holds more.
   * Live batches may already come meanwhile; the core holds them back.
   */
  catchUp(cursor: Cursor | undefined): AsyncIterable<Batch>

  readonly settings: SyncedSettings
  readonly conversations?: ServerConversations
  readonly search?: ServerSearch
  readonly groups?: Groups
  readonly files?: Files
  readonly profiles?: Profiles
  readonly blockList?: BlockList
  readonly presence?: Presence
  readonly push?: PushRegistry

  /** Ends the session. Nothing reaches the sink afterwards. Safe to call twice. */
  close(): Promise<void>
}

/** The user's own key-value store: pins, mutes, drafts, read positions. The last writer wins. */
export interface SyncedSettings {
  /** Comes back through `sink.batch` on all the user's sessions, this one included. */
  set(key: string, value: unknown): Promise<Setting>
}

/** The user's conversations by the time of their last message, newest first. */
export interface ServerConversations {
  /** @param query.before conversations whose last message is older than this, Unix ms */
  list(query: { count: number; before?: number }): Promise<Page<ServerConversation>>
}

/** What is looked for; at least one of `keyword`, `senderUserIds` and `messageTypes`. */
export interface ServerSearchQuery {
  /** Any part of a text, whatever its case, width and kind of white space. */
  keyword?: string
  /** Only in this one; in one the user is not in nothing is found. */
  conversation?: ConversationId
  senderUserIds?: readonly string[]
  messageTypes?: readonly string[]
  /** Unix milliseconds, themselves included */
  from?: number
  to?: number
  /** 1 to 50 */
  count: number
  /** `next` of the page before */
  before?: string
}

export interface ServerSearchPage extends Pick<HistoryPage, 'messages' | 'operations'> {
  /** Where what was found less recently comes; absent: there is no more. */
  next?: string
}

/** Search in everything the user may read, whether or not it ever came to this device. */
export interface ServerSearch {
  /**
   * Messages that match all that is asked for, newest first, with the operations on them. A
   * recalled or removed message is not found, an edited one by what it says now.
   */
  messages(query: ServerSearchQuery): Promise<ServerSearchPage>
}

/** Where one of the user's browsers can be reached while no page of it is open (Push API). */
export interface PushAddress {
  /** The browser's push service has it for this browser alone. */
  endpoint: string
  /** The browser's public key, 65 bytes, and its secret, 16 bytes; base64url */
  p256dh: string
  auth: string
}

/** The server tells a user's browsers of what comes while the user has no session. */
export interface PushRegistry {
  /** The server's public key (VAPID), base64url: browsers subscribe with it. */
  key(): Promise<string>
  /**
   * From now on what comes while the user is away is told to this browser, until it is unsubscribed
   * or the browser's push service knows it no more. To say it again is to say it once.
   * @throws IMError 33003 when the server pushes to no such address
   */
  subscribe(address: PushAddress): Promise<void>
  unsubscribe(endpoint: string): Promise<void>
}

/** Group management. Each change leaves its notice (`RC:GrpNtf`) in the group. */
export interface Groups {
  /** The caller becomes owner. @throws IMError 33003 over the member limit or without a name */
  create(group: { name: string; portraitUri?: string; memberIds: string[] }): Promise<GroupInfo>
  mine(): Promise<GroupInfo[]>
  /** @throws IMError 22406 when not a member */
  info(groupId: string): Promise<GroupInfo>
  members(groupId: string): Promise<GroupMember[]>
  /** Any member may. */
  invite(groupId: string, userIds: string[]): Promise<void>
  /** The owner can't leave a group that has other members: dismiss it instead. */
  leave(groupId: string): Promise<void>
  /** Only the owner. @throws IMError 20606 for everyone else */
  kick(groupId: string, userIds: string[]): Promise<void>
  dismiss(groupId: string): Promise<void>
  rename(groupId: string, change: { name?: string; portraitUri?: string }): Promise<GroupInfo>
}

export interface UploadOptions {
  name?: string
  /** Between 0 and 100. */
  onProgress?: (percent: number) => void
  signal?: AbortSignal
}

export interface Files {
  /**
   * Keeps a file and gives the URI under which everyone who may see it finds it.
   * @throws IMError 34011 refused (too large, empty, aborted)
   */
  upload(file: Blob, options?: UploadOptions): Promise<{ uri: string }>
  /**
   * An address this page can load: `http(s):` as it is, a backend's own scheme as `blob:`.
   * Valid until the session is closed.
   */
  url(uri: string): Promise<string>
}

/** Profiles the backend hosts. */
export interface Profiles {
  users(userIds: string[]): Promise<UserProfile[]>
  update(profile: { name?: string; portraitUri?: string }): Promise<void>
}

/**
 * Whom the user does not want to hear from. One-way and private: what a blocked person sends to the
 * user alone is refused with 405, or not delivered if it is a status message; the user may write to
 * them, and groups are as they were. Every change comes back through `sink.batch` on all the user's
 * sessions, this one included.
 */
export interface BlockList {
  /** Those who are on it already stay. @throws IMError 37001 over the limit, 33003 for oneself */
  add(userIds: string[]): Promise<void>
  remove(userIds: string[]): Promise<void>
}

/**
 * Who is there. Somebody is online while one of their sessions is connected, and for some seconds
 * longer, in which a connection that was lost may come back.
 */
export interface Presence {
  /**
   * Watches these people, in place of those named before, until the session ends; an empty list ends
   * it. How each of them stands is told by `sink.presence`, at once and whenever it changes.
   * @param userIds at most 1,000 @throws IMError 33003 for more
   */
  watch(userIds: readonly string[]): Promise<void>
}
