import type { LitElement, ReactiveController } from 'lit'
import type { IMKit } from '../../src/kit/kit.js'
import type { CombineContent } from '../../src/model/content.js'
import type { ConversationId } from '../../src/model/conversation.js'
import { messageKey, type Message } from '../../src/model/message.js'
import type { IMForwardDialog } from '../im-forward-dialog/im-forward-dialog.js'
import type { IMViewer } from '../im-viewer/im-viewer.js'
import { FileAddresses } from '../internal/file-addresses.js'
import type { CombinedDialog } from './combined-dialog.js'
import { openMessage } from './opening.js'
import type { ReadersDialog } from './readers-dialog.js'
import type { TapMessageDetail } from './tap-detail.js'

export interface MessageDialogsOptions {
  kit(): IMKit
  /** Those of the list, as they are now. */
  messages(): readonly Message[]
  tell(text: string): void
}

/** What opens over the list: viewer, readers, combined messages, forward targets. */
export class MessageDialogs implements ReactiveController {
  readonly #host: LitElement
  readonly #options: MessageDialogsOptions

  constructor(host: LitElement, options: MessageDialogsOptions) {
    this.#host = host
    this.#options = options
    host.addController(this)
  }

  /** The readers that are on screen are those of now. */
  hostUpdated(): void {
    const dialog = this.#find<ReadersDialog>('im-readers-dialog')
    if (!dialog?.message) return
    const key = messageKey(dialog.message)
    dialog.message = this.#options.messages().find((message) => messageKey(message) === key)
  }

  /** Shows what is behind a message, unless the host does. */
  async open(message: Message): Promise<void> {
    const viewer = this.#find<IMViewer>('im-viewer')
    const { client, words } = this.#options.kit()
    if (!viewer || !client) return
    await openMessage(message, {
      addresses: FileAddresses.of(client),
      viewer,
      messages: this.#options.messages(),
      tap: (detail) => this.tap(detail),
      onUnavailable: () => this.#options.tell(words.peek().mediaFailed),
    })
  }

  /** Fires `tapMessage`. False: the host has taken it. */
  tap(detail: TapMessageDetail): boolean {
    return this.#host.dispatchEvent(
      new CustomEvent('tapMessage', { detail, bubbles: true, composed: true, cancelable: true }),
    )
  }

  readCombined(content: CombineContent): void {
    this.#find<CombinedDialog>('im-combined-dialog')?.read(content)
  }

  showReaders(message: Message): void {
    const dialog = this.#find<ReadersDialog>('im-readers-dialog')
    if (!dialog) return
    dialog.kit = this.#options.kit()
    dialog.message = message
  }

  async chooseTargets(limit: number): Promise<readonly ConversationId[]> {
    const dialog = this.#find<IMForwardDialog>('im-forward-dialog')
    if (!dialog) return []
    dialog.limit = limit
    return dialog.choose()
  }

  #find<Dialog extends Element>(name: string): Dialog | null {
    return this.#host.renderRoot.querySelector<Dialog>(name)
  }
}
