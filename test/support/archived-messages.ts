/** Messages as a backend hands them over, at places a test chooses. The time is the place. */
import type { MessageContent } from '../../src/model/content.js'
import { MessageType } from '../../src/model/message-types.js'
import type { ArchivedMessage, MessageReference } from '../../src/model/message.js'
import type {
  DeleteForMeContent,
  ExpansionContent,
  RecallContent,
} from '../../src/model/operations.js'
import { inGroup, privateWith } from './backend-messages.js'
import { orderOf } from './scripted-backend.js'

export const withBob = privateWith('bob')
export const team = inGroup('team')

export function archived(
  place: number,
  messageType: string,
  content: MessageContent,
  change: Partial<ArchivedMessage> = {},
): ArchivedMessage {
  return {
    ...withBob,
    messageUId: `m${place}`,
    messageType,
    content,
    senderUserId: 'bob',
    isPersisted: true,
    isCounted: true,
    isStatusMessage: false,
    order: orderOf(place),
    sentTime: place,
    ...change,
  }
}

/** From Bob, in the conversation with him, unless said otherwise. */
export function said(place: number, change: Partial<ArchivedMessage> = {}): ArchivedMessage {
  return archived(place, MessageType.TEXT, { content: `text ${place}` }, change)
}

export function mention(
  place: number,
  mentionedInfo: MessageContent['mentionedInfo'],
  change: Partial<ArchivedMessage> = {},
): ArchivedMessage {
  const content = { content: `text ${place}`, mentionedInfo }
  return archived(place, MessageType.TEXT, content, { ...team, isMentioned: true, ...change })
}

const operation = (
  place: number,
  messageType: string,
  content: MessageContent,
  change: Partial<ArchivedMessage> = {},
) => archived(place, messageType, content, { isCounted: false, ...change })

export function recall(
  place: number,
  { messageUId, senderUserId }: MessageReference,
  { isAdmin = false, isDelete = false, order }: Partial<RecallContent> = {},
  change: Partial<ArchivedMessage> = {},
): ArchivedMessage {
  const content = {
    messageUId,
    senderUserId,
    sentTime: 0,
    isAdmin,
    isDelete,
    ...(order && { order }),
  }
  return operation(place, MessageType.RECALL, content, change)
}

export function expand(
  place: number,
  { messageUId, senderUserId }: MessageReference,
  { put, remove }: Pick<ExpansionContent, 'put' | 'remove'>,
  change: Partial<ArchivedMessage> = {},
): ArchivedMessage {
  const content = { messageUId, senderUserId, put, remove }
  return operation(place, MessageType.EXPANSION, content, change)
}

/** Another text for a message. */
export function edit(
  place: number,
  { messageUId, senderUserId }: MessageReference,
  text: string,
  change: Partial<ArchivedMessage> = {},
): ArchivedMessage {
  const content = { messageUId, senderUserId, content: { content: text } }
  return operation(place, MessageType.EDIT, content, change)
}

export function react(
  place: number,
  { messageUId, senderUserId }: MessageReference,
  reactions: unknown,
  change: Partial<ArchivedMessage> = {},
): ArchivedMessage {
  const content = { messageUId, senderUserId, reactions } as MessageContent
  return operation(place, MessageType.REACTION, content, change)
}

export function deleteForMe(
  place: number,
  content: DeleteForMeContent,
  change: Partial<ArchivedMessage> = {},
): ArchivedMessage {
  return operation(place, MessageType.DELETE_FOR_ME, content, {
    senderUserId: 'alice',
    audience: 'self',
    ...change,
  })
}

export function readReceipt(
  place: number,
  lastMessageSendTime: number,
  change: Partial<ArchivedMessage> = {},
): ArchivedMessage {
  const content = { lastMessageSendTime, messageUId: '', type: 1 }
  return operation(place, MessageType.READ_RECEIPT, content, change)
}

/** A run of messages from Bob. */
export function saidFromTo(
  first: number,
  last: number,
  change: Partial<ArchivedMessage> = {},
): ArchivedMessage[] {
  return Array.from({ length: last - first + 1 }, (_, index) => said(first + index, change))
}
