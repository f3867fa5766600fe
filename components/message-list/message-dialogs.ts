import type { LitElement, ReactiveController } from 'lit'
import type { IMKit } from '../../src/kit/kit.js'
import type { CombineContent } from '../../src/model/content.js'
import type { ConversationId } from '../../src/model/conversation.js'
import { messageKey, type Message } from '../../src/model/message.js'
import { whenNeeded } from '../../src/model/when-needed.js'
import { FileAddresses } from '../internal/file-addresses.js'
import { openMessage } from './opening.js'
import type { TapMessageDetail } from './tap-detail.js'

export interface MessageDialogsOptions {
  kit(): IMKit
  /** Those of the list, as they are now. */
  messages(): readonly Message[]
  tell(text: string): void
}

/** Small and much alike: they come together. */
const loadDialogs = whenNeeded(() => import('./dialogs.define.js'))

const dialogs = {
  'im-viewer': whenNeeded(() => import('../im-viewer/im-viewer.define.js')),
  'im-forward-dialog': loadDialogs,
  'im-combined-dialog': loadDialogs,
  'im-readers-dialog': loadDialogs,
  'im-edit-dialog': loadDialogs,
}

type DialogName = keyof typeof dialogs

/**
 * What opens over the list: viewer, readers, combined messages, forward targets, another text. The elements are
 * there from the start, the code of each is loaded when it is opened first.
 */
export class MessageDialogs implements ReactiveController {
  readonly #host: LitElement
  readonly #options: MessageDialogsOptions

  constructor(host: LitElement, options: MessageDialogsOptions) {
    this.#host = host
    this.#options = options
    host.addController(this)
  }

  /** The readers that are on screen are those of now; what has been taken back is not edited. */
  hostUpdated(): void {
    for (const name of ['im-readers-dialog', 'im-edit-dialog'] as const) {
      const dialog = this.#element(name)
      if (!dialog?.message) continue
      const key = messageKey(dialog.message)
      dialog.message = this.#options.messages().find((message) => messageKey(message) === key)
    }
  }

  /** Shows what is behind a message, unless the host does. */
  async open(message: Message): Promise<void> {
    const { client, words } = this.#options.kit()
    if (!client) return
    await openMessage(message, {
      addresses: FileAddresses.of(client),
      viewer: () => this.#load('im-viewer'),
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

  async readCombined(content: CombineContent): Promise<void> {
    const dialog = await this.#load('im-combined-dialog')
    dialog?.read(content)
  }

  async showReaders(message: Message): Promise<void> {
    const dialog = await this.#load('im-readers-dialog')
    if (!dialog) return
    dialog.kit = this.#options.kit()
    dialog.message = message
  }

  /** @param save called with the text once the user has changed it */
  async edit(message: Message, save: (message: Message, text: string) => unknown): Promise<void> {
    const dialog = await this.#load('im-edit-dialog')
    if (!dialog) return
    dialog.kit = this.#options.kit()
    dialog.save = save
    dialog.message = message
  }

  async chooseTargets(limit: number): Promise<readonly ConversationId[]> {
    const dialog = await this.#load('im-forward-dialog')
    if (!dialog) return []
    dialog.limit = limit
    return dialog.choose()
  }

  /** With its code; none if that can't be loaded or the list has gone meanwhile. */
  async #load<Name extends DialogName>(
    name: Name,
  ): Promise<HTMLElementTagNameMap[Name] | undefined> {
    try {
      await dialogs[name]()
    } catch (error) {
      const kit = this.#options.kit()
      kit.report(error, `loading <${name}>`)
      this.#options.tell(kit.words.peek().loadFailed)
      return undefined
    }
    return (this.#host.isConnected && this.#element(name)) || undefined
  }

  #element<Name extends DialogName>(name: Name): HTMLElementTagNameMap[Name] | null {
    return this.#host.renderRoot.querySelector(name)
  }
}
