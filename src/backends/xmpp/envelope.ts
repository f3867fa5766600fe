/**
 * A message on the wire: a plain text for clients of other makes, and beside it (XEP-0335) what it
 * really is. Who sent it and to which conversation it belongs is not in there: that is read off the
 * addresses, for which the server vouches.
 */
import { ConversationType, type ConversationId } from '../../model/conversation.js'
import type { MessageContent } from '../../model/content.js'
import { MessageType, MessageTypeRegistry } from '../../model/message-types.js'
import { checkedEnvelope } from '../../model/incoming.js'
import type { ArchivedMessage, MessageEnvelope } from '../../model/message.js'
import { parseAddress } from './addresses.js'
import { addressOf, foreignContent, outOfBand } from './attachments.js'
import { archiveId, orderOf } from './archive-place.js'
import { foreignOperation, type ForeignName } from './foreign-operations.js'
import { jsonText, parsedJson } from './json-text.js'
import {
  NS_CHAT_STATES,
  NS_CORRECT,
  NS_HINTS,
  NS_IMKIT,
  NS_JSON,
  NS_MARKERS,
  NS_REACTIONS,
  NS_RETRACT,
  NS_STANZA_ID,
} from './namespaces.js'
import type { People } from './people.js'
import { IN_ONE_PIECE, largestContent, shortened, writtenSize } from './stanza-size.js'
import { asXmlText, xml, type Element } from './xml.js'

/** The longest text another client would show in place of what it does not know. */
const MAX_DIGEST = 1000

/** Bytes that a text for other clients may have in any stanza. */
const LEAST_ROOM = 2000

/** What is left where a message was that its author took back. */
export interface Remains {
  order: string
  sentTime: number
  messageType: string
}

/** What other clients have to be told of the message an operation is about. */
export type Target = Pick<ArchivedMessage, 'order' | 'messageType'>

/** The envelope, and what only this backend needs to know of a message. */
export interface Carried {
  envelope: MessageEnvelope
  /** Of a recall: what it took away, as who recalled it tells. */
  remains?: Remains
  /** Of an edit and of reactions on their way out: what they are about. */
  target?: Target
  /** Of an operation of another client: what it is about, as far as it says so. */
  names?: ForeignName
}

type Field = Exclude<keyof MessageEnvelope, 'senderUserId' | keyof ConversationId>

/** What travels in the JSON; everything else is told by addresses. */
const fields: readonly Field[] = [
  'messageUId',
  'messageType',
  'content',
  'isPersisted',
  'isCounted',
  'isStatusMessage',
  'isMentioned',
  'disableNotification',
  'directedUserIds',
  'canIncludeExpansion',
  'expansion',
  'needReceipt',
  'pushContent',
  'pushData',
  'pushConfig',
  'isVoipPush',
  'isFilerWhiteBlacklist',
  'audience',
]

const types = new MessageTypeRegistry()

/** Names a message in an archive so that nobody but its author retracts it. */
export function originId(people: People, messageUId: string): string {
  return `${parseAddress(people.self).local}/${messageUId}`
}

/**
 * The stanza of a message.
 * @param to whom this copy of it is for
 */
export function encode(people: People, carried: Carried, to: string): Element {
  const { envelope, remains } = carried
  const { messageUId, isPersisted } = envelope
  const isToRoom = to === people.room(envelope.targetId) && isGroup(envelope)
  const json = jsonText({ imkit: wireForm(envelope, remains) })
  return xml(
    'message',
    { to, id: asXmlText(messageUId), type: isToRoom ? 'groupchat' : 'chat' },
    textOf(carried, roomBeside(json)),
    xml('json', { xmlns: NS_JSON }, json),
    xml('origin-id', { xmlns: NS_STANZA_ID, id: asXmlText(originId(people, messageUId)) }),
    xml(isPersisted ? 'store' : 'no-store', { xmlns: NS_HINTS }),
    forOtherClients(people, carried, isToRoom),
    markable(carried, isToRoom),
  )
}

/**
 * The message of a stanza, every field of its documented type; undefined where there is none or
 * where it belongs nowhere.
 */
export function decode(people: People, stanza: Element): Carried | undefined {
  const place = placeOf(people, stanza)
  const told = place && (ours(stanza) ?? foreign(stanza, place.senderUserId))
  if (!told) return undefined
  const { senderUserId, isToOwnDevices } = place
  const isNote = told.envelope.audience === 'self'
  // What the own devices tell each other names the conversation itself; nobody else can do that.
  if (isNote !== isToOwnDevices) return undefined
  const conversation = isNote ? told.note : place.conversation
  const envelope = checkedEnvelope({ ...told.envelope, ...conversation, senderUserId })
  const { remains, names } = told
  return envelope && { envelope, ...(remains && { remains }), ...(names && { names }) }
}

interface Place {
  conversation: ConversationId
  senderUserId: string
  isToOwnDevices: boolean
}

/** Where a stanza belongs by its addresses; undefined where we know of no such place. */
function placeOf(people: People, stanza: Element): Place | undefined {
  const { from, to, type } = stanza.attrs
  const sender = from === undefined ? people.userId : people.userOf(from)
  const groupId = people.groupOf(from)
  if (groupId !== undefined) return placeInGroup(people, stanza, groupId)
  if (sender === people.userId) return ownPlace(people, to)
  if (type === 'groupchat') return undefined
  if (sender !== undefined) return place(privateWith(sender), sender)
  const voice = people.voiceOf(from)
  if (voice === undefined) return undefined
  return place({ conversationType: ConversationType.SYSTEM, targetId: voice }, voice)
}

function placeInGroup(people: People, stanza: Element, groupId: string): Place | undefined {
  const mark = stanza.children.find(isSenderMark)
  const { resource } = parseAddress(stanza.attrs.from)
  const sender = mark ? people.userOf(mark.attrs.jid) : resource && people.memberOf(resource)
  return sender ? place(inGroup(groupId), sender) : undefined
}

function ownPlace(people: People, to: string | undefined): Place | undefined {
  const groupId = people.groupOf(to)
  if (groupId !== undefined) return place(inGroup(groupId), people.userId)
  const peer = to === undefined ? people.userId : people.userOf(to)
  if (peer === undefined) return undefined
  return { ...place(privateWith(peer), people.userId), isToOwnDevices: to === people.ownDevices }
}

function place(conversation: ConversationId, senderUserId: string): Place {
  return { conversation, senderUserId, isToOwnDevices: false }
}

function isSenderMark(child: Element | string): child is Element {
  return typeof child !== 'string' && child.is('sender', NS_IMKIT)
}

function inGroup(targetId: string): ConversationId {
  return { conversationType: ConversationType.GROUP, targetId }
}

function privateWith(targetId: string): ConversationId {
  return { conversationType: ConversationType.PRIVATE, targetId }
}

function isGroup({ conversationType }: ConversationId): boolean {
  return conversationType === ConversationType.GROUP
}

/** The envelope without what the addresses tell. */
type Told = Carried & {
  /** The conversation that a note to the own devices is about. */
  note?: ConversationId
}

function wireForm(envelope: MessageEnvelope, remains: Remains | undefined): object {
  const form: Record<string, unknown> = {}
  for (const field of fields) if (envelope[field] !== undefined) form[field] = envelope[field]
  if (remains) form.remains = remains
  if (envelope.audience === 'self') {
    const { conversationType, targetId, channelId } = envelope
    form.note = { conversationType, targetId, channelId }
  }
  return form
}

/** What one of our clients wrote. */
function ours(stanza: Element): Told | undefined {
  for (const child of stanza.getChildren('json', NS_JSON)) {
    const value = parsedJson(child.getText())
    const form = isRecord(value) && isRecord(value.imkit) ? value.imkit : undefined
    if (!form || typeof form.messageUId !== 'string' || typeof form.messageType !== 'string')
      continue
    const envelope: Record<string, unknown> = {}
    for (const field of fields) if (form[field] !== undefined) envelope[field] = form[field]
    return {
      envelope: { ...envelope, content: isRecord(form.content) ? form.content : {} } as never,
      ...(isRemains(form.remains) && { remains: form.remains }),
      ...(isConversation(form.note) && { note: form.note }),
    }
  }
  return undefined
}

/** What a client of another make wrote: texts, files, what it does to messages, and typing. */
function foreign(stanza: Element, senderUserId: string): Told | undefined {
  const id = stanza.attrs.id ?? stanza.getChild('origin-id', NS_STANZA_ID)?.attrs.id
  if (!id) return undefined
  const told = (
    messageType: string,
    content: object,
    flags: Partial<MessageEnvelope> = {},
  ): Told => ({
    envelope: {
      messageUId: id,
      messageType,
      content,
      isPersisted: true,
      isCounted: false,
      isStatusMessage: false,
      ...flags,
    } as MessageEnvelope,
  })
  const operation = foreignOperation(stanza, senderUserId)
  if (operation === 'nothing') return undefined
  if (operation) {
    const { messageType, content, names } = operation
    return { ...told(messageType, content), ...(names && { names }) }
  }
  const said = foreignContent(stanza)
  if (said) return told(said.messageType, said.content, { isCounted: true })
  if (stanza.getChild('composing', NS_CHAT_STATES)) {
    const content = { typingContentType: MessageType.TEXT }
    return told(MessageType.TYPING, content, { isPersisted: false, isStatusMessage: true })
  }
  return undefined
}

/** Bytes that the text for other clients may have, so that it does not make the stanza a large one. */
function roomBeside(json: string): number {
  return Math.max(largestContent(IN_ONE_PIECE) - writtenSize(json), LEAST_ROOM)
}

/**
 * What a client that does not know our types shows; but for edits, operations are not shown.
 * @param room bytes it may have
 */
function textOf({ envelope, target }: Carried, room: number): Element | undefined {
  const { messageType, content, isPersisted } = envelope
  if (messageType === MessageType.EDIT && target) {
    return bodyOf(target.messageType, content.content as MessageContent, room)
  }
  if (!isPersisted || types.get(messageType)?.role === 'operation') return undefined
  return bodyOf(messageType, content, room)
}

function bodyOf(messageType: string, content: MessageContent, room: number): Element {
  // Clients that know of files take the text for what it is then, an address to show the file of.
  const address = addressOf({ messageType, content })
  if (address) return xml('body', {}, asXmlText(address))
  const text = [content.content, content.message, content.name, content.title].find(
    (it): it is string => typeof it === 'string' && it !== '',
  )
  const isText = messageType === MessageType.TEXT || messageType === MessageType.REFERENCE
  const digest = types.get(messageType) && text?.slice(0, MAX_DIGEST)
  const said = (isText ? text : digest) || `[${messageType}]`
  return xml('body', {}, shortened(asXmlText(said), room))
}

/** The same said in the words of other clients, and of the server. */
function forOtherClients(
  people: People,
  { envelope, remains, target }: Carried,
  isToRoom: boolean,
): Element | undefined {
  const { messageType, content } = envelope
  const messageUId = asXmlText(String(content.messageUId))
  switch (messageType) {
    case MessageType.RECALL: {
      if (!remains || content.senderUserId !== people.userId) return undefined
      return retractElement(people, { messageUId, order: remains.order }, isToRoom)
    }
    case MessageType.EDIT:
      return target && xml('replace', { xmlns: NS_CORRECT, id: messageUId })
    case MessageType.REACTION: {
      const id = target && isToRoom ? archiveId(target.order) : messageUId
      const said = content.reactions as string[]
      const reactions = said.map((it) => xml('reaction', {}, asXmlText(it)))
      return target && xml('reactions', { xmlns: NS_REACTIONS, id }, ...reactions)
    }
    case MessageType.READ_RECEIPT:
      return xml('displayed', { xmlns: NS_MARKERS, id: messageUId })
    case MessageType.TYPING:
      return xml('composing', { xmlns: NS_CHAT_STATES })
    default: {
      const address = addressOf(envelope)
      return address ? outOfBand(address) : undefined
    }
  }
}

/** Asks other clients to tell when they have shown it (XEP-0333), as ours do by themselves. */
function markable({ envelope }: Carried, isToRoom: boolean): Element | undefined {
  const isWanted = envelope.isCounted && !isToRoom && envelope.audience !== 'self'
  return isWanted ? xml('markable', { xmlns: NS_MARKERS }) : undefined
}

/** Takes one's own message out of the archives that have it. */
export function retractElement(
  people: People,
  { messageUId, order }: Pick<ArchivedMessage, 'messageUId' | 'order'>,
  isToRoom: boolean,
): Element {
  const id = isToRoom ? archiveId(order) : asXmlText(originId(people, messageUId))
  return xml('retract', { xmlns: NS_RETRACT, id })
}

function isRemains(value: unknown): value is Remains {
  if (!isRecord(value)) return false
  const { order, sentTime, messageType } = value
  const isPlace = typeof order === 'string' && orderOf(order) === order
  return isPlace && Number.isFinite(sentTime) && typeof messageType === 'string'
}

function isConversation(value: unknown): value is ConversationId {
  return (
    isRecord(value) &&
    Number.isInteger(value.conversationType) &&
    typeof value.targetId === 'string'
  )
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}
