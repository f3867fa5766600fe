/**
 * Who owns which group: what its owner alone may do is done by clients, and everyone who is told of
 * it looks whether it was the owner who did it.
 */
import { ConversationType } from '../../model/conversation.js'
import { MessageType } from '../../model/message-types.js'
import type { Received } from './received.js'

export class GroupOwners {
  readonly #owners = new Map<string, Promise<string | undefined>>()

  /** @param ask who owns a group now; undefined where that is not to be found out */
  constructor(private readonly ask: (groupId: string) => Promise<string | undefined>) {}

  ownerOf(groupId: string): Promise<string | undefined> {
    const known = this.#owners.get(groupId)
    if (known) return known
    const asked = this.ask(groupId)
    this.#owners.set(groupId, asked)
    // What is not known is asked again.
    const forget = () => void this.#owners.delete(groupId)
    asked.then((owner) => owner ?? forget(), forget)
    return asked
  }

  /** A group has changed, maybe also whose it is. */
  forget(groupId: string): void {
    this.#owners.delete(groupId)
  }

  /** The message with `isAdmin` only if its sender owns the group, and acts on somebody else's. */
  async verified(received: Received): Promise<Received> {
    if (!isClaim(received)) return withoutClaim(received)
    const { message } = received
    const owner = await this.ownerOf(message.targetId).catch(() => undefined)
    return owner === message.senderUserId ? received : withoutClaim(received)
  }
}

/** Whether somebody acts as an owner would, which has to be looked into. */
export function isClaim({ message }: Received): boolean {
  const { messageType, conversationType, content, senderUserId } = message
  if (messageType !== MessageType.RECALL || content.isAdmin !== true) return false
  return conversationType === ConversationType.GROUP && content.senderUserId !== senderUserId
}

export function withoutClaim(received: Received): Received {
  const { message } = received
  if (message.messageType !== MessageType.RECALL || message.content.isAdmin === false)
    return received
  return { ...received, message: { ...message, content: { ...message.content, isAdmin: false } } }
}
