/** What a page listens to: names and payloads of the original's events, and its four calls. */
import type { TypingUser } from '../core/client-events.js'
import type { ConversationId } from '../model/conversation.js'
import { invalidParameter } from '../model/errors.js'
import type { IAReceivedConversation, IAReceivedMessage, IConversationOption } from './received.js'
import { reportError, warn } from './reporting.js'

/**
 * Names and values are the original's. Those of `EventListeners` come, with what it says; the
 * others belong to tags, chatrooms, super groups, moderation and presence. A page may listen to
 * them, and hears nothing.
 */
export enum Events {
  CONNECTING = 'CONNECTING',
  CONNECTED = 'CONNECTED',
  DISCONNECT = 'DISCONNECT',
  SUSPEND = 'SUSPEND',
  MESSAGES = 'MESSAGES',
  READ_RECEIPT_RECEIVED = 'READ_RECEIPT_RECEIVED',
  MESSAGE_RECEIPT_REQUEST = 'MESSAGE_RECEIPT_REQUEST',
  MESSAGE_RECEIPT_RESPONSE = 'MESSAGE_RECEIPT_RESPONSE',
  CONVERSATION = 'CONVERSATION',
  EXPANSION = 'EXPANSION',
  PULL_OFFLINE_MESSAGE_FINISHED = 'PULL_OFFLINE_MESSAGE_FINISHED',
  TYPING_STATUS = 'TYPING_STATUS',
  TAG = 'TAG',
  CONVERSATION_TAG = 'CONVERSATION_TAG',
  MESSAGE_BLOCKED = 'MESSAGE_BLOCKED',
  CHATROOM = 'CHATROOM',
  CONVERSATIONS_SYNCED = 'CONVERSATIONS_SYNCED',
  SUBSCRIBED_USER_STATUS_CHANGE = 'SUBSCRIBED_USER_STATUS_CHANGE',
  SUBSCRIBED_RELATION_CHANGE = 'SUBSCRIBED_RELATION_CHANGE',
  SYNC_SUBSCRIBED_USER_STATUS_FINISHED = 'SYNC_SUBSCRIBED_USER_STATUS_FINISHED',
  OWN_USER_PROFILE_CHANGED = 'OWN_USER_PROFILE_CHANGED',
  ULTRA_GROUP_ENABLE = 'ULTRA_GROUP_ENABLE',
  OPERATE_STATUS = 'OPERATE_STATUS',
  ULTRA_GROUP_MESSAGE_EXPANSION_UPDATED = 'ULTRA_GROUP_MESSAGE_EXPANSION_UPDATED',
  ULTRA_GROUP_MESSAGE_MODIFIED = 'MESSAGE_MODIFIED',
  ULTRA_GROUP_MESSAGE_RECALLED = 'ULTRA_GROUP_MESSAGE_RECALLED',
  ULTRA_GROUP_CHANNEL_TYPE_CHANGE = 'ULTRA_GROUP_CHANNEL_TYPE_CHANGE',
  ULTRA_GROUP_CHANNEL_DELETE = 'ULTRA_GROUP_CHANNEL_DELETE',
  ULTRA_GROUP_CHANNEL_USER_KICKED = 'ULTRA_GROUP_CHANNEL_USER_KICKED',
}

/** One field of a conversation that changed: its value now, and since when, in Unix milliseconds. */
export interface IConversationUpdateItem<Value> {
  time: number
  val: Value
}

/** The fields whose changes are told. */
export type ToldField =
  | 'latestMessage'
  | 'unreadMessageCount'
  | 'unreadMentionedCount'
  | 'hasMentioned'
  | 'mentionedInfo'
  | 'notificationLevel'
  | 'notificationStatus'
  | 'isTop'
  | 'draft'

export type IUpdateItem = {
  [Field in ToldField]?: IConversationUpdateItem<IAReceivedConversation[Field]>
}

export interface IConversationState {
  conversation: IAReceivedConversation
  /** What changed since the conversation was last told of. */
  updatedItems: IUpdateItem
}

interface ExpandedMessage extends Required<IConversationOption> {
  messageUId: string
}

export interface IExpansionListenerData {
  updatedExpansion?: ExpandedMessage & { expansion: Record<string, string> }
  deletedExpansion?: ExpandedMessage & { deletedKeys: string[] }
}

export interface EventListeners {
  /** An attempt to connect has begun. */
  [Events.CONNECTING]: () => void
  [Events.CONNECTED]: () => void
  /** Nobody tries again: 2 `disconnect` was called, 31010 kicked, 31011 blocked, 31020 expired, … */
  [Events.DISCONNECT]: (code: number) => void
  /** The link is gone; the client keeps trying by itself. The code says why. */
  [Events.SUSPEND]: (code: number) => void
  /**
   * What others sent, own messages of other devices included, once it is stored; what is not kept,
   * such as commands, with `messageId` 0. A message that was taken back comes as its `RC:RcNtf`.
   * What this page sends or recalls itself does not come.
   */
  [Events.MESSAGES]: (event: { messages: IAReceivedMessage[] }) => void
  /** Private: messages up to `sentTime` have been read by `sendUserId`, or by oneself elsewhere. */
  [Events.READ_RECEIPT_RECEIVED]: (event: {
    conversation: IConversationOption
    messageUId: string
    sentTime: number
    sendUserId: string
  }) => void
  /** Group: `senderUserId` asks who has read a message. */
  [Events.MESSAGE_RECEIPT_REQUEST]: (event: {
    conversation: IConversationOption
    messageUId: string
    senderUserId: string
  }) => void
  /** Group: `receivedUserId` has read these messages of one's own. */
  [Events.MESSAGE_RECEIPT_RESPONSE]: (event: {
    conversation: IConversationOption
    receivedUserId: string
    messageUIdList: string[]
  }) => void
  /** Conversations appeared or changed, here or on another device. */
  [Events.CONVERSATION]: (event: { conversationList: IConversationState[] }) => void
  /** The key/value state of a message changed. */
  [Events.EXPANSION]: (event: IExpansionListenerData) => void
  /** Everything missed is here. */
  [Events.PULL_OFFLINE_MESSAGE_FINISHED]: () => void
  /** Who is typing where; told again, without them, when somebody stops. */
  [Events.TYPING_STATUS]: (event: {
    status: (Required<ConversationId> & { list: TypingUser[] })[]
  }) => void
}

/** What is called for an event; those that never come may bring any function. */
export type ListenerOf<Name extends Events> = Name extends keyof EventListeners
  ? EventListeners[Name]
  : (detail: never) => void

type Listener = (detail?: never) => void

interface Registration {
  name: string
  listener: Listener
  target: unknown
  isOnce: boolean
}

let registrations: readonly Registration[] = []

/**
 * Listens until `removeEventListener`. A function added twice runs twice; one that throws is
 * reported and the others still run. May be called before `init`.
 * @throws IMError 33003 without a function
 * @param target what `this` is within the listener
 */
export function addEventListener<Name extends Events>(
  name: Name | `${Name}`,
  listener: ListenerOf<Name>,
  target?: unknown,
): void {
  register(name, listener, target, false)
}

/** Listens once. */
export function onceEventListener<Name extends Events>(
  name: Name | `${Name}`,
  listener: ListenerOf<Name>,
  target?: unknown,
): void {
  register(name, listener, target, true)
}

/** Ends one listening; of a function added twice the earlier one. */
export function removeEventListener<Name extends Events>(
  name: Name | `${Name}`,
  listener: ListenerOf<Name>,
  target?: unknown,
): void {
  const found = registrations.find(
    (one) =>
      one.name === name &&
      one.listener === listener &&
      (target === undefined || one.target === target),
  )
  registrations = registrations.filter((one) => one !== found)
}

/** Ends all listening to one event. */
export function removeEventListeners(name: Events | `${Events}`): void {
  registrations = registrations.filter((one) => one.name !== name)
}

/** Ends all listening. */
export function clearEventListeners(): void {
  registrations = []
}

/** Tells everybody who listens. */
export function raise<Name extends keyof EventListeners>(
  name: Name,
  ...detail: Parameters<EventListeners[Name]>
): void {
  for (const registration of registrations) {
    if (registration.name !== name) continue
    const { listener, target, isOnce } = registration
    if (isOnce) registrations = registrations.filter((one) => one !== registration)
    try {
      listener.apply(target, detail as Parameters<Listener>)
    } catch (error) {
      reportError(error, `a listener of ${name}`)
    }
  }
}

function register(name: string, listener: unknown, target: unknown, isOnce: boolean): void {
  if (typeof listener !== 'function') {
    throw invalidParameter(`Listening to ${name} needs a function, not ${String(listener)}.`)
  }
  if (!(Object.values(Events) as string[]).includes(name)) {
    warn(`"${name}" is no event of \`Events\`: nothing will come.`)
  }
  registrations = [...registrations, { name, listener: listener as Listener, target, isOnce }]
}
