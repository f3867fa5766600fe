/**
 * What waits to be sent. A message is written together with its outbox row in one transaction, so
 * that it survives a killed tab; whichever of the user's tabs is alive sends it. Sending twice is
 * harmless, since a backend knows a message by its id.
 *
 * Where nothing waits before it, a message goes out while it is being stored: right after a key
 * browsers let a page wait for its database until a frame is drawn. A tab that is killed between
 * the two has sent it and gets it back when it catches up.
 *
 * Order is kept within a conversation. A file still being uploaded does not hold up the text
 * written after it.
 */
import type { OutboxRow, MessageRow } from '../database/schema.js'
import type { Acknowledgement } from '../backends/backend.js'
import { ErrorCode, IMError, isRetryable, notSupported } from '../model/errors.js'
import { limits } from '../model/limits.js'
import { SentStatus, unsentOrder, type MessageEnvelope } from '../model/message.js'
import { conversationIdOf, conversationKey } from '../model/conversation.js'
import { databaseError } from '../database/open.js'
import { forgetBlocks } from '../database/search-blocks.js'
import { Changes } from './changes.js'
import { endingWith, readConversationRows, withLatestMessage } from './conversation-rows.js'
import type { Scope } from './scope.js'
import { envelopeOf } from './envelope.js'
import { withLock } from './tab-lock.js'
import { WaitingConversations } from './waiting-conversations.js'

type Lane = 'messages' | 'uploads'

/** A file to be uploaded before its message is sent. */
export interface PendingUpload {
  file: Blob
  name: string
  /** The field of the content that gets the file's address. */
  field: string
}

/** Told about every upload of this tab. Gives the message to send instead, if another one. */
export type UploadCompleted = (
  messageUId: string,
  uri: string,
) => { messageType: string; content: MessageRow['content'] } | undefined | void

/** A message as it is written, before it has a number and a place. */
export type NewRow = Omit<MessageRow, 'messageId' | 'order'>

export interface OutboxEnds {
  onUploaded: UploadCompleted
  /** A message was sent that could not be stored: another session brings it. */
  onUnstored: (reason: IMError) => void
}

export class Outbox {
  readonly #scope: Scope
  readonly #ends: OutboxEnds
  readonly #off: () => void
  readonly #waiting = new WaitingConversations()
  /** The answers to what went out while it was being stored, by `messageUId`. */
  readonly #early = new Map<string, Promise<Acknowledgement>>()
  readonly #uploads = new Map<number, AbortController>()
  readonly #running = new Map<string, { again: boolean }>()
  readonly #retries = new Map<string, () => void>()
  #isClosed = false

  constructor(scope: Scope, ends: OutboxEnds) {
    this.#scope = scope
    this.#ends = ends
    this.#off = scope.events.on('change', ({ fromOtherTab, queued }) => {
      if (fromOtherTab) for (const key of queued) this.#waiting.note(key)
    })
  }

  /**
   * Stores a message to be shown and sends it as soon as it can be. Resolves with its row, which
   * has no number if the message was sent and could not be stored.
   */
  async add(
    row: NewRow,
    { upload, mayGoEarly }: { upload?: PendingUpload | undefined; mayGoEarly: boolean },
  ): Promise<MessageRow> {
    const key = row.conversationKey
    const early = mayGoEarly && !upload ? this.#sendEarly(row) : undefined
    const changes = new Changes()
    let stored: MessageRow
    try {
      stored = await this.#waiting.whileStoring(key, () => this.#store(row, upload, changes))
    } catch (error) {
      const known = databaseError(error)
      const place = await early?.catch(() => undefined)
      if (!place) throw known
      this.#ends.onUnstored(known)
      return { ...row, ...place, messageId: 0, sentStatus: SentStatus.SENT }
    }
    this.#scope.publish(changes)
    this.#scope.events.emit('sending', { message: stored })
    void this.drain(key)
    return stored
  }

  /** Queues an operation, which is not shown itself. */
  async addOperation(operation: MessageEnvelope): Promise<void> {
    const key = conversationKey(operation)
    const { messageUId } = operation
    await this.#scope.database.outbox.add({ conversationKey: key, messageUId, operation })
    void this.drain(key)
  }

  /** Puts a failed message back into the queue, under the id it always had. */
  async again(messageId: number): Promise<MessageRow> {
    const { database } = this.#scope
    const changes = new Changes()
    let stored: MessageRow | undefined
    await database.transaction(
      'rw',
      [
        database.messages,
        database.searchBlocks,
        database.conversations,
        database.outbox,
        database.meta,
      ],
      async () => {
        const row = await database.messages.get(messageId)
        if (!row || row.sentStatus !== SentStatus.FAILED) return
        const { failure: _, ...rest } = row
        stored = {
          ...rest,
          sentStatus: SentStatus.SENDING,
          sentTime: this.#scope.now(),
          order: unsentOrder(await this.#nextSerial()),
        }
        await database.messages.put(stored)
        await forgetBlocks(database, [messageId])
        const kept = await database.outbox.where({ messageId }).modify({ isRefused: false })
        const { conversationKey, messageUId } = row
        if (!kept) await database.outbox.add({ conversationKey, messageUId, messageId })
        changes.updated(row.conversationKey, messageId)
        changes.queued(row.conversationKey)
        await this.#refreshConversation(row.conversationKey, changes)
      },
    )
    if (!stored) {
      throw new IMError(
        ErrorCode.BIZ_ERROR_INVALID_PARAMETER,
        `Message ${messageId} can't be sent again: only failed messages can.`,
      )
    }
    this.#waiting.note(stored.conversationKey)
    this.#scope.publish(changes)
    this.#scope.events.emit('sending', { message: stored })
    void this.drain(stored.conversationKey)
    return stored
  }

  /** Takes a message that has not been sent out of the queue and off the screen. */
  async cancel(messageId: number): Promise<void> {
    const { database } = this.#scope
    const changes = new Changes()
    await database.transaction(
      'rw',
      [database.messages, database.searchBlocks, database.conversations, database.outbox],
      async () => {
        const row = await database.messages.get(messageId)
        if (!row || row.sentStatus > SentStatus.FAILED) return
        await database.outbox.where({ messageId }).delete()
        await database.messages.delete(messageId)
        await forgetBlocks(database, [messageId])
        changes.removed(row.conversationKey, messageId)
        await this.#refreshConversation(row.conversationKey, changes)
      },
    )
    this.#uploads.get(messageId)?.abort()
    this.#scope.publish(changes)
  }

  /** Sends all that waits: after connecting, also what other, closed tabs have left. */
  async drainAll(): Promise<void> {
    const found = await this.#scope.database.outbox.orderBy('conversationKey').uniqueKeys()
    const keys = found.map(String)
    this.#waiting.known(keys)
    await Promise.all(keys.map((key) => this.drain(key)))
  }

  async drain(conversationKey: string): Promise<void> {
    await Promise.all([
      this.#drainLane(conversationKey, 'messages'),
      this.#drainLane(conversationKey, 'uploads'),
    ])
  }

  close(): void {
    this.#isClosed = true
    this.#off()
    this.#early.clear()
    for (const upload of this.#uploads.values()) upload.abort()
    for (const cancel of this.#retries.values()) cancel()
    this.#retries.clear()
  }

  /** Lets a message go if nothing has to go before it. Its answer is for when it is stored. */
  #sendEarly(row: NewRow): Promise<Acknowledgement> | undefined {
    const session = this.#scope.session()
    if (!session || this.#isClosed || !this.#waiting.isFree(row.conversationKey)) return undefined
    const answer = session.send(envelopeOf(row as MessageRow))
    this.#early.set(row.messageUId, answer)
    // A refusal is dealt with once there is a row to be marked.
    answer.catch(() => undefined)
    return answer
  }

  async #store(
    row: NewRow,
    upload: PendingUpload | undefined,
    changes: Changes,
  ): Promise<MessageRow> {
    const { database } = this.#scope
    const { conversationKey: key, messageUId } = row
    let stored!: MessageRow
    await database.transaction(
      'rw',
      [database.messages, database.conversations, database.outbox, database.meta],
      async () => {
        // Who writes waits for this: what can be asked for together is.
        const [serial, conversations] = await Promise.all([
          this.#nextSerial(),
          readConversationRows(database, [key]),
        ])
        const order = unsentOrder(serial)
        const messageId = await database.messages.add({ ...row, order } as MessageRow)
        stored = { ...row, order, messageId }
        const entry: OutboxRow = { conversationKey: key, messageUId, messageId }
        // No other stands behind what was written last.
        const conversation = endingWith(conversations.get(key)!, stored)
        await Promise.all([
          database.outbox.add(upload ? { ...entry, upload } : entry),
          database.conversations.put(conversation),
        ])
      },
    )
    changes.added(key, stored.messageId)
    changes.conversation(key)
    changes.queued(key)
    return stored
  }

  async #drainLane(key: string, lane: Lane): Promise<void> {
    const name = `${lane}/${key}`
    const running = this.#running.get(name)
    if (running) {
      running.again = true
      return
    }
    const state = { again: false }
    this.#running.set(name, state)
    try {
      do {
        state.again = false
        if (this.#scope.session() && !this.#isClosed) {
          // One tab at a time sends for a conversation, or the order would be lost.
          await withLock(`${this.#scope.database.name}/outbox/${name}`, () => this.#send(key, lane))
        }
      } while (state.again && !this.#isClosed)
    } catch (error) {
      if (!this.#isClosed) this.#scope.report(error, 'sending what waits')
    } finally {
      this.#running.delete(name)
    }
  }

  async #send(key: string, lane: Lane): Promise<void> {
    for (;;) {
      if (this.#isClosed || !this.#scope.session()) return
      const rows = await this.#scope.database.outbox.where({ conversationKey: key }).sortBy('id')
      const next = rows.find((row) => !row.isRefused && laneOf(row) === lane)
      if (!next) {
        if (lane === 'messages') this.#waiting.emptied(key)
        return
      }
      try {
        if (lane === 'uploads') await this.#upload(next)
        else if (next.operation) await this.#sendOperation(next)
        else await this.#sendMessage(next)
      } catch (error) {
        const known = IMError.from(error)
        if (this.#isClosed) return
        if (known.code === ErrorCode.SEND_FREQUENCY_TOO_FAST) {
          this.#later(key, 1000 / limits.sendRate)
          return
        }
        if (isRetryable(known.code)) {
          this.#later(key, retryDelay)
          return
        }
        await this.#refuse(next, known)
      }
    }
  }

  async #upload(entry: OutboxRow): Promise<void> {
    const session = this.#scope.requireSession()
    const { upload, messageId, messageUId, conversationKey } = entry
    const row = await this.#scope.database.messages.get(messageId ?? 0)
    if (!upload || !row) {
      await this.#scope.database.outbox.delete(entry.id!)
      return
    }
    if (!session.files) throw notSupported('files')
    const conversation = conversationIdOf(row)
    const controller = new AbortController()
    this.#uploads.set(row.messageId, controller)
    const tell = (percent: number, done: boolean) =>
      this.#scope.events.emit('upload', { conversation, messageUId, percent, done })
    try {
      const { uri } = await session.files.upload(upload.file, {
        name: upload.name,
        signal: controller.signal,
        onProgress: (percent) => tell(percent, false),
      })
      const instead = this.#ends.onUploaded(messageUId, uri)
      await this.#uploaded(entry, instead ?? { content: { ...row.content, [upload.field]: uri } })
      tell(100, true)
    } catch (error) {
      if (controller.signal.aborted) return
      tell(0, true)
      throw error
    } finally {
      this.#uploads.delete(row.messageId)
    }
    void this.drain(conversationKey)
  }

  async #uploaded(
    entry: OutboxRow,
    change: Pick<MessageRow, 'content'> & Partial<Pick<MessageRow, 'messageType'>>,
  ): Promise<void> {
    const { database } = this.#scope
    const changes = new Changes()
    const { messages, searchBlocks, outbox } = database
    await database.transaction('rw', [messages, searchBlocks, outbox], async () => {
      const row = await messages.get(entry.messageId!)
      if (!row) return
      await messages.put({ ...row, ...change })
      await forgetBlocks(database, [row.messageId])
      await outbox.update(entry.id!, { upload: undefined })
      changes.updated(entry.conversationKey, row.messageId)
    })
    this.#scope.publish(changes)
  }

  async #sendOperation(entry: OutboxRow): Promise<void> {
    await this.#scope.requireSession().send(entry.operation!)
    await this.#scope.database.outbox.delete(entry.id!)
  }

  async #sendMessage(entry: OutboxRow): Promise<void> {
    const { database } = this.#scope
    const row = await database.messages.get(entry.messageId!)
    const early = this.#early.get(entry.messageUId)
    this.#early.delete(entry.messageUId)
    if (!row) {
      await database.outbox.delete(entry.id!)
      return
    }
    const answer = early ?? this.#scope.requireSession().send(envelopeOf(row))
    const { order, sentTime } = await answer
    const changes = new Changes()
    let sent: MessageRow | undefined
    await database.transaction(
      'rw',
      [database.messages, database.searchBlocks, database.conversations, database.outbox],
      async () => {
        await database.outbox.delete(entry.id!)
        const now = await database.messages.get(row.messageId)
        // Already archived: it came back through the inbox while we waited, or was recalled.
        if (!now) return
        sent = now
        if (now.sentStatus > SentStatus.FAILED) return
        const { failure: _, ...rest } = now
        sent = { ...rest, order, sentTime, sentStatus: SentStatus.SENT }
        await database.messages.put(sent)
        await forgetBlocks(database, [row.messageId])
        changes.updated(row.conversationKey, row.messageId)
        await this.#refreshConversation(row.conversationKey, changes)
      },
    )
    this.#scope.publish(changes)
    if (sent) this.#scope.events.emit('sent', { message: sent })
  }

  /** The server will not take it: the message stays, marked, with the reason. */
  async #refuse(entry: OutboxRow, error: IMError): Promise<void> {
    const { database } = this.#scope
    const changes = new Changes()
    let failed: MessageRow | undefined
    await database.transaction('rw', [database.messages, database.outbox], async () => {
      // A file that could not be uploaded is kept for another try.
      if (entry.upload) await database.outbox.update(entry.id!, { isRefused: true })
      else await database.outbox.delete(entry.id!)
      const row = await database.messages.get(entry.messageId ?? 0)
      if (!row) return
      const { code, name, message } = error
      failed = { ...row, sentStatus: SentStatus.FAILED, failure: { code, name, message } }
      await database.messages.put(failed)
      changes.updated(entry.conversationKey, row.messageId)
      changes.conversation(entry.conversationKey)
    })
    this.#scope.publish(changes)
    if (failed) this.#scope.events.emit('sendFailed', { message: failed, error })
    else if (error.code !== ErrorCode.REJECTED_BY_BLACKLIST) {
      // That those who block this user do not hear what they have read is no fault.
      this.#scope.report(error, `sending ${entry.operation?.messageType ?? 'a message'}`)
    }
  }

  #later(key: string, delay: number): void {
    this.#retries.get(key)?.()
    const cancel = this.#scope.schedule(() => {
      this.#retries.delete(key)
      void this.drain(key)
    }, delay)
    this.#retries.set(key, cancel)
  }

  /** A number that only grows, so that unsent messages keep the order they were written in. */
  async #nextSerial(): Promise<number> {
    const { meta } = this.#scope.database
    const serial = Number((await meta.get('unsentSerial'))?.value ?? 0) + 1
    await meta.put({ key: 'unsentSerial', value: serial })
    return serial
  }

  async #refreshConversation(key: string, changes: Changes): Promise<void> {
    const { database } = this.#scope
    const row = (await readConversationRows(database, [key])).get(key)!
    await database.conversations.put(await withLatestMessage(database, row))
    changes.conversation(key)
  }
}

function laneOf(row: OutboxRow): Lane {
  return row.upload ? 'uploads' : 'messages'
}

/** Milliseconds until an unanswered message is tried again while connected. */
const retryDelay = 2000
