import type { IMKit } from '../../src/kit/kit.js'
import { DisabledMessageContextMenu } from '../../src/kit/menu-items.js'
import type { NamedUser } from '../../src/kit/people.js'
import type { Words } from '../../src/kit/words.js'
import type { CombineContent } from '../../src/model/content.js'
import type { Message, MessageReference } from '../../src/model/message.js'
import type { VoicePlayDetail } from '../im-voice/im-voice.js'
import type { FileAddresses } from '../internal/file-addresses.js'
import type { Choosing } from './choosing.js'
import type { ConversationView } from './conversation-view.js'
import type { Intents } from './intents.js'
import type { ListActions } from './list-actions.js'
import type { MessageDialogs } from './message-dialogs.js'
import type { MessageMenu } from './message-menu.js'
import type { ReadingPlace } from './reading-place.js'
import type { Digestible, Scene } from './scene.js'
import { voiceTap } from './tap-detail.js'

/** The parts of the list that do what a row asks for. */
export interface ListParts {
  readonly place: ReadingPlace
  readonly dialogs: MessageDialogs
  readonly menu: MessageMenu
  readonly choosing: Choosing
  readonly intents: Intents
  readonly actions: ListActions
  tell(text: string): void
}

/** The scene of one open conversation in one list. */
export class ListScene implements Scene {
  readonly view: ConversationView
  readonly #parts: ListParts

  constructor(view: ConversationView, parts: ListParts) {
    this.view = view
    this.#parts = parts
  }

  get kit(): IMKit {
    return this.view.kit
  }

  get words(): Words {
    return this.view.words
  }

  get addresses(): FileAddresses {
    return this.view.addresses
  }

  get userId(): string {
    return this.view.client.userId
  }

  get canQuote(): boolean {
    return this.#parts.actions.isAllowed(DisabledMessageContextMenu.Reference)
  }

  person(userId: string): NamedUser {
    return this.view.person(userId)
  }

  nameOf(userId: string): string {
    return this.view.nameOf(userId)
  }

  digestOf(message: Digestible): string {
    return this.view.digestOf(message)
  }

  renderCustom(kind: 'userMessage' | 'notifyMessage', message: Message): unknown {
    return this.view.renderCustom(kind, message)
  }

  isNotice(message: Message): boolean {
    return this.view.isNotice(message)
  }

  isRecalled(reference: MessageReference): boolean {
    return this.view.isRecalled(reference)
  }

  canReact(message: Message): boolean {
    return this.#parts.actions.mayReact(message)
  }

  uploaded(messageUId: string): number | undefined {
    return this.view.uploaded(messageUId)
  }

  open(message: Message): void {
    void this.#parts.dialogs.open(message)
  }

  playVoice(message: Message, play: VoicePlayDetail): boolean {
    return this.#parts.dialogs.tap(voiceTap(message, play))
  }

  async jumpTo(reference: MessageReference): Promise<void> {
    const { place, tell } = this.#parts
    if (!(await place.jumpTo(reference))) tell(this.words.quotedUnavailable)
  }

  readCombined(content: CombineContent): void {
    void this.#parts.dialogs.readCombined(content)
  }

  showMenu(message: Message, anchor: Element): void {
    this.#parts.menu.show(message, anchor)
  }

  showReaders(message: Message): void {
    void this.#parts.dialogs.showReaders(message)
  }

  toggleChosen(message: Message): void {
    this.#parts.choosing.toggle(message)
  }

  quote(message: Message): void {
    this.#parts.intents.quote(message)
  }

  resend(message: Message): void {
    void this.#parts.intents.resend(message)
  }

  cancelSending(message: Message): void {
    void this.#parts.intents.cancelSending(message)
  }

  react(message: Message, emoji: string): void {
    this.#parts.actions.react(message, emoji)
  }

  editAgain(text: string): void {
    void this.#parts.intents.editAgain(this.view.conversation, text)
  }
}
