/** What has been read: by this user on any device, by the other side, by the members of a group. */
import { Dexie } from 'dexie'
import type { MessageRow } from '../database/schema.js'
import { conversationKey, ConversationType, type ConversationId } from '../model/conversation.js'
import { ErrorCode, IMError } from '../model/errors.js'
import { MessageType } from '../model/message-types.js'
import { isUnsent, MessageDirection, UNSENT_ORDER, type Message } from '../model/message.js'
import { Changes } from './changes.js'
import { checkConversation, newOperation } from './envelope.js'
import { newestArchived } from './history.js'
import { ingestOwn } from './inbox.js'
import type { Outbox } from './outbox.js'
import type { Scope } from './scope.js'
import { setForConversation } from './settings-sync.js'

export class ReadState {
  readonly #scope: Scope
  readonly #outbox: Outbox

  constructor(scope: Scope, outbox: Outbox) {
    this.#scope = scope
    this.#outbox = outbox
  }

  /**
   * Everything up to a message (the newest) is read: the count is cleared, the position goes to
   * the other devices, and in private conversations the other side is told.
   */
  async markRead(conversation: ConversationId, upTo?: Message): Promise<void> {
    checkConversation(conversation)
    const key = conversationKey(conversation)
    const row = await this.#readable(key, upTo)
    const known = await this.#scope.database.conversations.get(key)
    if (!row) {
      if (known?.unreadMessageCount) await this.#forgetCount(key)
      return
    }
    const before = known?.readPosition?.order ?? ''
    if (row.order <= before) {
      if (!upTo && known?.unreadMessageCount) await this.#forgetCount(key)
      return
    }
    const { order, sentTime, messageUId } = row
    await setForConversation(this.#scope, key, 'readPosition', { order, sentTime, messageUId })
    if (!upTo) await this.#forgetCount(key)
    const received = await this.#lastReceived(key, before, order)
    if (conversation.conversationType === ConversationType.PRIVATE && received) {
      await this.sendReadReceipt(conversation, received.messageUId, received.sentTime)
    }
  }

  /** The read position by time, as the documents' read-status sync has it. */
  async syncReadPosition(conversation: ConversationId, sentTime: number): Promise<void> {
    checkConversation(conversation)
    const key = conversationKey(conversation)
    const row = await this.#scope.database.messages
      .where('[conversationKey+order]')
      .between([key, Dexie.minKey], [key, UNSENT_ORDER], true, false)
      .reverse()
      .filter((message) => message.sentTime <= sentTime)
      .first()
    if (!row) return
    const { order, messageUId } = row
    await setForConversation(this.#scope, key, 'readPosition', { order, sentTime, messageUId })
  }

  /** Private: tells the other side that their messages up to this one have been read. */
  async sendReadReceipt(
    conversation: ConversationId,
    messageUId: string,
    lastMessageSendTime: number,
  ): Promise<void> {
    const content = { messageUId, lastMessageSendTime, type: 1 }
    await this.#queue(conversation, MessageType.READ_RECEIPT, content)
  }

  /** Group: asks the members who has read an own message. @throws IMError 34014 for another's */
  async requestReceipt(message: Message): Promise<void> {
    if (
      message.messageDirection !== MessageDirection.SEND ||
      message.conversationType !== ConversationType.GROUP ||
      isUnsent(message)
    ) {
      throw new IMError(
        ErrorCode.READ_RECEIPT_ERROR,
        'Receipts can be asked for own messages in groups, once they are sent.',
      )
    }
    const { messageUId, senderUserId } = message
    const content = { messageUId, senderUserId }
    const operation = await this.#queue(message, MessageType.READ_RECEIPT_REQUEST, content)
    await ingestOwn(this.#scope, operation)
  }

  /** Group: answers for those of the messages that asked and have no answer yet. One notice for all. */
  async respondReceipts(conversation: ConversationId, messages: readonly Message[]): Promise<void> {
    const asking = messages.filter(
      ({ messageDirection, readReceiptInfo }) =>
        messageDirection === MessageDirection.RECEIVE &&
        readReceiptInfo?.isReceiptRequestMessage &&
        !readReceiptInfo.hasRespond,
    )
    if (!asking.length) return
    const receiptMessageDic: Record<string, string[]> = {}
    for (const { senderUserId, messageUId } of asking) {
      receiptMessageDic[senderUserId] = [...(receiptMessageDic[senderUserId] ?? []), messageUId]
    }
    const content = { receiptMessageDic }
    const operation = await this.#queue(conversation, MessageType.READ_RECEIPT_RESPONSE, content)
    await ingestOwn(this.#scope, operation)
  }

  async #queue(
    conversation: ConversationId,
    messageType: string,
    content: Record<string, unknown>,
  ) {
    const operation = newOperation(this.#scope.userId, conversation, messageType, content)
    this.#scope.ownOperations.add(operation.messageUId)
    await this.#outbox.addOperation(operation)
    return operation
  }

  async #readable(key: string, upTo: Message | undefined): Promise<MessageRow | undefined> {
    if (!upTo) return newestArchived(this.#scope, key)
    return isUnsent(upTo) ? undefined : this.#scope.database.messages.get(upTo.messageId)
  }

  #lastReceived(key: string, after: string, upTo: string): Promise<MessageRow | undefined> {
    return this.#scope.database.messages
      .where('[conversationKey+order]')
      .between([key, after], [key, upTo], false, true)
      .reverse()
      .filter((row) => row.messageDirection === MessageDirection.RECEIVE)
      .first()
  }

  /** The backend's count may include messages that are not here: read to the end is read. */
  async #forgetCount(key: string): Promise<void> {
    const changes = new Changes()
    const changed = await this.#scope.database.conversations
      .where({ conversationKey: key })
      .filter((row) => row.unreadMessageCount + row.unreadMentionedCount > 0)
      .modify((row) => {
        row.unreadMessageCount = 0
        row.unreadMentionedCount = 0
        delete row.mentionedInfo
      })
    if (!changed) return
    changes.conversation(key)
    this.#scope.publish(changes)
  }
}
