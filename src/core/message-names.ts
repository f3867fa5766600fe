/** What messages are known by within one database. */
import { conversationKey } from '../model/conversation.js'
import type { ArchivedMessage, MessageReference } from '../model/message.js'
import type { MessageRow } from '../database/schema.js'

/** What a message is known by: conversation, sender and id. */
export type Identity = [conversationKey: string, senderUserId: string, messageUId: string]

/** A message with its conversation's key, its identity, and that as one text. */
export interface NamedMessage {
  message: ArchivedMessage
  key: string
  identity: Identity
  name: string
}

export function named(message: ArchivedMessage): NamedMessage {
  const key = conversationKey(message)
  const known = identity(key, message)
  return { message, key, identity: known, name: textOf(known) }
}

export function identity(key: string, { senderUserId, messageUId }: MessageReference): Identity {
  return [key, senderUserId, messageUId]
}

export function nameOf(row: MessageRow): string {
  return textOf(identity(row.conversationKey, row))
}

/** An identity as one text. */
export function textOf(known: Identity): string {
  return known.join('\n')
}
