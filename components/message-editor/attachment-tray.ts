import { html, nothing, type ReactiveController, type ReactiveControllerHost } from 'lit'
import { repeat } from 'lit/directives/repeat.js'
import type { Words } from '../../src/kit/words.js'
import { MessageType } from '../../src/model/message-types.js'
import { closeIcon, fileIcon, playIcon } from '../internal/icons.js'
import { attachmentOf, type Attachment } from './attachment.js'

/** A file that waits to be sent. */
export interface TrayItem {
  readonly key: number
  readonly file: File
  /** Resolves when the file has been looked into. */
  readonly ready: Promise<Attachment>
  attachment?: Attachment
}

/**
 * The files that wait beside the text until it is sent: what was pasted, dropped or chosen can be
 * looked at and taken out again. Each conversation has its own.
 */
export class AttachmentTray implements ReactiveController {
  #host: ReactiveControllerHost & HTMLElement
  #trays = new Map<string, readonly TrayItem[]>()
  #conversation = ''
  #nextKey = 1
  /** One file is looked into at a time: pictures are large once they are unpacked. */
  #reading: Promise<unknown> = Promise.resolve()

  constructor(host: ReactiveControllerHost & HTMLElement) {
    this.#host = host
    host.addController(this)
  }

  hostConnected(): void {
    this.#host.requestUpdate()
  }

  get items(): readonly TrayItem[] {
    return this.#trays.get(this.#conversation) ?? []
  }

  /** Shows the files of another conversation. */
  follow(conversationKey: string): void {
    if (conversationKey === this.#conversation) return
    this.#conversation = conversationKey
    this.#host.requestUpdate()
  }

  add(files: readonly File[]): void {
    this.#set(this.#conversation, [...this.items, ...files.map((file) => this.#read(file))])
  }

  remove(item: TrayItem): void {
    this.#set(
      this.#conversation,
      this.items.filter((other) => other !== item),
    )
  }

  /** Everything, to be sent; the tray is empty then. */
  take(): readonly TrayItem[] {
    const { items } = this
    this.#set(this.#conversation, [])
    return items
  }

  /** Puts back what could not be sent. */
  putBack(conversationKey: string, items: readonly TrayItem[]): void {
    this.#set(conversationKey, [...items, ...(this.#trays.get(conversationKey) ?? [])])
  }

  render(words: Words) {
    if (this.items.length === 0) return nothing
    return html`<ul class="tray" part="tray">
      ${repeat(
        this.items,
        ({ key }) => key,
        (item) => this.#renderItem(item, words),
      )}
    </ul>`
  }

  #renderItem(item: TrayItem, words: Words) {
    const { file, attachment } = item
    return html`<li class="attachment" part="attachment">
      <span class="attachment-picture">${renderPicture(attachment, words)}</span>
      <span class="attachment-text">
        <span class="attachment-name" dir="auto">${file.name}</span>
        <span class="attachment-size" dir="auto">${words.fileSize(file.size)}</span>
      </span>
      <button
        class="icon-button attachment-remove"
        part="attachment-remove"
        type="button"
        aria-label=${words.removeFile(file.name)}
        title=${words.removeFile(file.name)}
        @click=${() => this.#removeByUser(item)}
      >
        ${closeIcon}
      </button>
    </li>`
  }

  /** The focus goes to the next file's button, else back to the host, and is never lost. */
  #removeByUser(item: TrayItem): void {
    const index = this.items.indexOf(item)
    this.remove(item)
    void this.#host.updateComplete.then(() => {
      const buttons = this.#host.shadowRoot!.querySelectorAll<HTMLElement>('.attachment-remove')
      const next = buttons[Math.min(index, buttons.length - 1)]
      if (next) next.focus()
      else this.#host.focus()
    })
  }

  #read(file: File): TrayItem {
    const ready = this.#reading.then(() => attachmentOf(file))
    this.#reading = ready.catch(() => undefined)
    const item: TrayItem = { key: this.#nextKey++, file, ready }
    const done = (attachment: Attachment) => {
      item.attachment = attachment
      this.#host.requestUpdate()
    }
    // Whoever sends it is told of a failure.
    ready.then(done, () => undefined)
    return item
  }

  #set(conversationKey: string, items: readonly TrayItem[]): void {
    if (items.length > 0) this.#trays.set(conversationKey, items)
    else this.#trays.delete(conversationKey)
    this.#host.requestUpdate()
  }
}

function renderPicture(attachment: Attachment | undefined, words: Words) {
  if (!attachment) return html`<im-spinner label=${words.loading}></im-spinner>`
  const { preview, message } = attachment
  if (!preview) return fileIcon
  return html`<img src=${preview} alt="" draggable="false" />${
      message.messageType === MessageType.SIGHT
        ? html`<span class="attachment-play">${playIcon}</span>`
        : nothing
    }`
}
