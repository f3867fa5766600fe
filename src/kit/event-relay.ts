/** Tells the host what the client and the store tell, in the original's events. */
import { effect } from '@preact/signals-core'
import type { IMClient } from '../core/client.js'
import type { IMClientEvents } from '../core/client-events.js'
import { ConnectionStatus } from '../model/connection-status.js'
import { isSameConversation } from '../model/conversation.js'
import { MessageType } from '../model/message-types.js'
import { messageKey, type Message } from '../model/message.js'
import type { Display } from '../store/display.js'
import { shownRows } from '../store/message-rows.js'
import type { Store } from '../store/store.js'
import type { KitEvents } from './kit-events.js'
import { fileFieldOf } from './send-content.js'

export interface EventRelayOptions {
  client: IMClient
  store: Store
  display: Display
  events: KitEvents
  report: (error: unknown, context: string) => void
}

export class EventRelay {
  readonly #options: EventRelayOptions
  readonly #offs: (() => void)[]
  /** Row numbers of own messages on their way, by key: uploads are told of by `messageUId`. */
  readonly #sending = new Map<string, number>()
  #isConnected = false
  /** Keeps messages in order though the host's hook may take its time with each. */
  #telling: Promise<void> = Promise.resolve()

  constructor(options: EventRelayOptions) {
    this.#options = options
    this.#offs = [...this.#listen(), this.#followCurrent()]
  }

  close(): void {
    for (const off of this.#offs) off()
  }

  #listen(): (() => void)[] {
    const { client, events } = this.#options
    const { events: from } = client
    return [
      from.on('status', () => this.#tellConnection()),
      from.on('opened', () => this.#tellConnection()),
      from.on('closed', () => this.#sending.clear()),
      from.on('messages', ({ messages }) => this.#received(messages)),
      from.on('offlineMessagesPulled', () =>
        events.emit('pull_offline_message_finished', undefined),
      ),
      from.on('typing', ({ conversation, list }) =>
        events.emit('typing_status', { status: [{ ...conversation, list }] }),
      ),
      from.on('readReceipt', (receipt) => events.emit('read_receipt_received', receipt)),
      from.on('receiptRequest', (request) => events.emit('message_receipt_request', request)),
      from.on('receiptResponse', (answer) => events.emit('message_receipt_response', answer)),
      from.on('recalled', ({ message }) => this.#recalled(message)),
      from.on('change', ({ messages }) => {
        for (const { updated } of messages.values()) this.#updated(updated)
      }),
      from.on('sending', ({ message }) => {
        this.#sending.set(messageKey(message), message.messageId)
        events.emit('message_sending', message)
      }),
      from.on('sent', ({ message }) => {
        this.#sending.delete(messageKey(message))
        events.emit('message_send_success', message)
      }),
      from.on('sendFailed', ({ message }) => events.emit('message_send_fail', message)),
      from.on('upload', (upload) => this.#uploading(upload)),
    ]
  }

  #followCurrent(): () => void {
    const { store, events } = this.#options
    let before = store.current.peek()
    return effect(() => {
      const current = store.current.value
      if (isSameConversation(before, current)) return
      before = current
      events.emit('switch_conversation', current ?? null)
    })
  }

  /** Connected means that the host can ask for something: the user's database is open as well. */
  #tellConnection(): void {
    const { client, events } = this.#options
    const isConnected = client.isOpen && client.status === ConnectionStatus.CONNECTED
    if (isConnected === this.#isConnected) return
    this.#isConnected = isConnected
    events.emit('CONNECTED', isConnected)
  }

  #received(messages: readonly Message[]): void {
    this.#tell(async () => {
      const shown = await this.#shown(messages)
      if (shown.length) this.#options.events.emit('MESSAGES', shown)
    })
  }

  /** Own and others' alike: what they look like, who has read them, what has become of them. */
  #updated(ids: readonly number[]): void {
    if (!ids.length) return
    this.#tell(async () => {
      const { client, events } = this.#options
      const shown = await this.#shown(await client.reader.byId(ids))
      for (const message of shown) events.emit('update_message', message)
    })
  }

  /** One that was taken back and leaves a notice has only changed. */
  #recalled(message: Message): void {
    if (message.messageType === MessageType.RECALL_NOTIFICATION) return
    this.#options.events.emit('delete_message', [message])
  }

  async #shown(messages: readonly Message[]): Promise<Message[]> {
    const rows = await shownRows(messages, this.#options.display)
    return rows.filter((row) => !row.isHidden).map((row) => row.message)
  }

  #tell(tell: () => Promise<void>): void {
    const { client, report } = this.#options
    const { userId } = client
    this.#telling = this.#telling
      .then(() => (client.userId === userId ? tell() : undefined))
      .catch((error: unknown) => {
        if (client.userId === userId) report(error, 'telling of messages')
      })
  }

  #uploading({ conversation, messageUId, percent, done }: IMClientEvents['upload']): void {
    const { client, events } = this.#options
    const reference = { messageUId, senderUserId: client.userId }
    const messageId = this.#sending.get(messageKey(reference))
    if (messageId !== undefined) {
      events.emit('upload_progress', { messageId, progress: percent })
    }
    if (!done || percent < 100) return
    this.#tell(async () => {
      const message = await client.reader.find(conversation, reference)
      if (!message) return
      const url = String(message.content[fileFieldOf(message.messageType) ?? ''] ?? '')
      events.emit('upload_complete', { messageId: message.messageId, fileInfo: { url } })
    })
  }
}
