import { html, nothing, type PropertyValues } from 'lit'
import { property } from 'lit/decorators.js'
import { repeat } from 'lit/directives/repeat.js'
import { DisabledMessageContextMenu } from '../../src/kit/menu-items.js'
import { ConversationType } from '../../src/model/conversation.js'
import { limits } from '../../src/model/limits.js'
import { isOwn, messageKey, type Message } from '../../src/model/message.js'
import type { MessageWindow } from '../../src/store/message-window.js'
import type { IMMenu } from '../im-menu/im-menu.js'
import { Announcer } from '../internal/announcer.js'
import { baseStyles, rootStyles } from '../internal/base.styles.js'
import { IMElement } from '../internal/im-element.js'
import { LongPress } from '../internal/long-press.js'
import { RovingFocus, type Motion } from '../internal/roving-focus.js'
import { warnOnce } from '../internal/warn-once.js'
import { arrivalLines } from './arrival-lines.js'
import { bubbleStyles } from './bubbles/bubble.styles.js'
import { Choosing } from './choosing.js'
import type { ConversationView } from './conversation-view.js'
import type { ForwardList } from './forwarding.js'
import { Intents } from './intents.js'
import { ListActions } from './list-actions.js'
import { keyReached } from './key-reached.js'
import { listEntries, type ListEntry, type MessageEntry } from './list-entries.js'
import {
  renderNewer,
  renderOlder,
  renderTimeLine,
  renderTyping,
  renderUnreadLine,
  type Position,
} from './list-lines.js'
import { renderChoices, renderTold, renderToNewest, renderToUnread } from './list-overlays.js'
import { ListScene, type ListParts } from './list-scene.js'
import { renderEmpty, renderFailed, renderLoading, renderNothingChosen } from './list-states.js'
import type { CustomMenuItem } from './menu-items.js'
import { MessageDialogs } from './message-dialogs.js'
import { messageListStyles } from './message-list.styles.js'
import { lookOf } from './message-look.js'
import { MessageMenu } from './message-menu.js'
import type { MessageRow } from './message-row.js'
import { messageRowStyles } from './message-row.styles.js'
import { ReadingPlace } from './reading-place.js'
import type { TapMessageDetail } from './tap-detail.js'
import { RowTools } from './row-tools.js'
import { Told } from './told.js'
import type { Drawn } from './virtual-rows.js'

const defaultReactions: readonly string[] = ['👍', '❤️', '😂', '😮', '😢', '🙏']

/**
 * The messages of the open conversation.
 *
 * @slot empty - in place of the words that there are no messages yet
 * @slot nothing-chosen - in place of the words that no conversation is open
 * @fires {CustomEvent<TapMessageDetail>} tapMessage - a picture, file, short video, voice message or
 *   page was chosen; the detail goes by its `type` and has the `message`. Unless the host prevents
 *   it, the kit shows, plays, downloads or opens it.
 * @csspart scroller - what scrolls
 * @csspart list - the messages
 * @csspart message - a row
 * @csspart avatar - the picture of its sender
 * @csspart name - their name, in groups
 * @csspart bubble - what they wrote
 * @csspart text - a text
 * @csspart quote - what a reply quotes
 * @csspart picture - an image, GIF or short video, as a button
 * @csspart image - the loaded picture in it
 * @csspart broken - what stands there if it can't be loaded
 * @csspart file - the card of a file
 * @csspart voice - a voice message
 * @csspart location - the card of a place
 * @csspart rich-content - the card of a page
 * @csspart combined - the card of messages that were forwarded as one
 * @csspart custom - what a renderer of the host gave
 * @csspart meta - time and state in a bubble
 * @csspart status - whether an own message is on its way, sent or read
 * @csspart upload - how far an upload has come
 * @csspart reactions - the emoji below a bubble
 * @csspart reaction - one of them, as a button
 * @csspart edited - the word that a message has been edited
 * @csspart resend - the button beside a message that was not sent
 * @csspart failure - why it was not
 * @csspart readers - how many of a group have read it
 * @csspart tools - the buttons beside the bubble the pointer is on
 * @csspart checkbox - chooses a message among several
 * @csspart notice - a grey line
 * @csspart edit-again - the button after an own recall
 * @csspart time - a line with the time
 * @csspart unread - the line above what was unread
 * @csspart older - what stands above the first message: more to come, no more, or none to be had
 * @csspart typing - who is typing
 * @csspart to-newest - the button that leads to the newest message
 * @csspart to-unread - the button that leads to the first unread message
 * @csspart choices - the bar while several messages are being chosen
 * @csspart told - a line that is shown for a moment
 * @csspart loading - what is shown until there are messages
 * @csspart empty - what is shown where there are none
 * @csspart failed - what is shown when they can't be read
 * @csspart retry - the button that tries again
 * @csspart menu - the menu of a message
 * @csspart menu-item - one line of it
 * @cssprop [--im-font-size=16px] - the size all inside scales by, unless `base-size` is set
 * @cssprop [--im-color-surface-sunken] - background
 * @cssprop [--im-color-bubble-in] - bubbles of others
 * @cssprop [--im-color-on-bubble-in] - what is written in them
 * @cssprop [--im-color-bubble-out] - own bubbles
 * @cssprop [--im-color-on-bubble-out] - what is written in them
 * @cssprop [--im-radius-bubble] - rounding of bubbles
 * @cssprop [--im-voice-width=15em] - width of voice messages, where there is room
 */
export class MessageList extends IMElement {
  static override styles = [
    baseStyles,
    rootStyles,
    messageListStyles,
    messageRowStyles,
    bubbleStyles,
  ]

  /** Items to add to the menu of messages. */
  @property({ attribute: false }) customMenu: readonly CustomMenuItem[] = []

  /** Built-in items to leave out of the menu. */
  @property({ attribute: false }) disableMenu: readonly DisabledMessageContextMenu[] = []

  /** Chooses where messages are forwarded to. Without it the list asks the user itself. */
  @property({ attribute: false }) forwardList?: ForwardList

  /** Emoji that the menu of a message offers as reactions; an empty list offers none. */
  @property({ attribute: false }) quickReactions: readonly string[] = defaultReactions

  /** Seconds for which an own message can be recalled; 0 is the default, 120. */
  @property({ attribute: 'max-recall-duration', type: Number })
  maxRecallDuration: number = limits.recallDuration

  readonly #internals = this.attachInternals()
  readonly #announcer = new Announcer(this)
  readonly #told = new Told(this, this.#announcer)
  readonly #parts = this.#createParts()
  readonly #roving = new RovingFocus(this, {
    items: () => this.#rows,
    initialKey: () => this.#rows.at(-1)?.dataset.key,
    reach: (motion, fromKey) => this.#reach(motion, fromKey),
  })
  readonly #longPress = new LongPress(this, (row, point) => {
    this.#parts.menu.show((row as MessageRow).message, point)
  })
  readonly #tools = new RowTools()
  #scene: ListScene | undefined
  #entries: { sources: readonly unknown[]; entries: readonly ListEntry[] } | undefined

  constructor() {
    super()
    // A role attribute of the host's goes before.
    this.#internals.role = 'region'
  }

  /** Focuses the message that the Tab key would find. */
  override focus(options?: FocusOptions): void {
    if (this.#rows.length > 0) this.#roving.focus()
    else super.focus(options)
  }

  protected override willUpdate(changed: PropertyValues<this>): void {
    super.willUpdate(changed)
    for (const name of ['customMenu', 'disableMenu', 'quickReactions'] as const) {
      if (Array.isArray(this[name])) continue
      warnOnce(`${name} of <message-list> takes an array.`)
      this[name] = []
    }
    this.#internals.ariaLabel = this.words.messages
  }

  /** Rows draw themselves a step later; until they have, the list is not what it will be. */
  protected override async getUpdateComplete(): Promise<boolean> {
    const isComplete = await super.getUpdateComplete()
    await Promise.all(this.#rows.map((row) => row.updateComplete))
    return isComplete
  }

  protected override render() {
    const { window, view } = this.#parts.place
    if (!window || !view) return this.#renderNothing()
    const scene = this.#sceneOf(view)
    return html`<div class="view">${this.#renderView(window, scene)}</div>
      ${this.#renderChoices()}
      <im-menu
        exportparts="menu, item: menu-item"
        .label=${this.words.messageMenu}
        @im-menu-close=${() => this.#parts.menu.closed()}
      ></im-menu>
      <im-viewer></im-viewer>
      <im-forward-dialog></im-forward-dialog>
      <im-combined-dialog .scene=${scene}></im-combined-dialog>
      <im-readers-dialog></im-readers-dialog>
      <im-edit-dialog></im-edit-dialog>`
  }

  /** No conversation is open: none was chosen, or there is nobody whose it could be. */
  #renderNothing() {
    const { store, words } = this
    const refusal = store && !store.userId.value ? store.failure.value : undefined
    return refusal ? renderFailed(words.error(refusal.code), words) : renderNothingChosen(words)
  }

  #renderView(window: MessageWindow, scene: ListScene) {
    const { words } = this
    if (window.items.value.length === 0 && !window.hasOlder.value) {
      if (window.state.value === 'loading') return renderLoading(words)
      return window.state.value === 'failed'
        ? renderFailed(words.loadFailed, words, () => void window.jumpToNewest())
        : renderEmpty(words)
    }
    return html`<div class="scroller" part="scroller">
        <div class="content">
          ${renderOlder(window, words)} ${this.#renderRows(window, scene)}
          ${this.#renderTyping(scene)} ${renderNewer(window)}
        </div>
      </div>
      ${this.#renderJumps(window)} ${renderTold(this.#told.text)}`
  }

  #renderRows(window: MessageWindow, scene: ListScene) {
    const entries = this.#entriesOf(window, scene)
    return html`<div
      class="rows"
      part="list"
      role="list"
      aria-label=${this.words.messages}
      @pointerover=${this.#tools.onPointerOver}
      @focusin=${this.#onFocusIn}
      @focusout=${this.#roving.onFocusOut}
      @keydown=${this.#onKeyDown}
      @animationend=${this.#onAnimationEnd}
    >
      ${repeat(
        this.#parts.place.draw(entries),
        ({ entry }) => entry.key,
        (drawn) => this.#renderEntry(drawn, this.#positionOf(drawn, window), scene),
      )}
    </div>`
  }

  /** Made anew when what they are made of has changed, and not for each scrolling. */
  #entriesOf({ items, firstUnread }: MessageWindow, { view }: ListScene): readonly ListEntry[] {
    const sources = [items.value, firstUnread.value, view] as const
    if (this.#entries?.sources.some((source, index) => source !== sources[index]) !== false) {
      const { client, kit } = view
      const entries = listEntries(sources[0], {
        firstUnread: sources[1],
        lookOf: (message) => lookOf(message, client.messageTypes, kit),
      })
      this.#entries = { sources, entries }
    }
    return this.#entries.entries
  }

  #renderEntry(drawn: Drawn<ListEntry>, position: Position, scene: ListScene) {
    const { entry } = drawn
    switch (entry.kind) {
      case 'time':
        return renderTimeLine(entry.time, this.kit.clock.today.value, this.words, position)
      case 'unread':
        return renderUnreadLine(this.words, position)
      case 'message':
        return this.#renderMessage(entry, drawn, position, scene)
    }
  }

  /** Where an entry stands among all there are, as far as that is known. */
  #positionOf({ index }: Drawn<ListEntry>, { hasOlder, hasNewer }: MessageWindow): Position {
    if (hasOlder.value) return { place: undefined, count: -1 }
    return { place: index + 1, count: hasNewer.value ? -1 : (this.#entries?.entries.length ?? -1) }
  }

  #renderMessage(
    { key, message, look, isFirst }: MessageEntry,
    { isApart }: Drawn<ListEntry>,
    { place, count }: Position,
    scene: ListScene,
  ) {
    const { choosing, actions, place: reading } = this.#parts
    const canBeChosen = choosing.isOn && actions.canBeChosen(message)
    const isChosen = choosing.has(key)
    return html`<im-message-row
      part="message"
      role="listitem"
      aria-posinset=${place ?? nothing}
      aria-setsize=${count}
      data-key=${key}
      ?data-apart=${isApart}
      ?data-own=${look === 'bubble' && isOwn(message)}
      ?data-first=${isFirst}
      ?data-highlighted=${key === reading.highlighted}
      ?data-choosing=${canBeChosen}
      ?data-chosen=${isChosen}
      .message=${message}
      .look=${look}
      .isFirst=${isFirst}
      .scene=${scene}
      .words=${this.words}
      .isChoosing=${choosing.isOn}
      .isChosen=${isChosen}
      .canBeChosen=${canBeChosen}
      @click=${this.#onClick}
      @contextmenu=${this.#onContextMenu}
      @pointerdown=${this.#longPress.onPointerDown}
    ></im-message-row>`
  }

  #renderTyping({ view }: ListScene) {
    const typing = this.store?.typing(view.conversation).value ?? []
    if (typing.length === 0) return nothing
    const isPrivate = view.conversation.conversationType === ConversationType.PRIVATE
    const names = isPrivate ? [] : typing.map(({ userId }) => view.nameOf(userId))
    return renderTyping(names, this.words)
  }

  #renderJumps({ unreadOnOpen }: MessageWindow) {
    const { words } = this
    const { place } = this.#parts
    return [
      place.hasUnreadAbove
        ? renderToUnread(unreadOnOpen.value, words, () => void place.toFirstUnread())
        : nothing,
      place.isAtEnd
        ? nothing
        : renderToNewest(place.unseenBelow(), words, () => void place.toNewest()),
    ]
  }

  #renderChoices() {
    const { choosing, actions } = this.#parts
    if (!choosing.isOn) return nothing
    const { Forward, Delete } = DisabledMessageContextMenu
    return renderChoices(choosing.count, this.words, {
      canForward: actions.isAllowed(Forward),
      canDelete: actions.isAllowed(Delete),
      forward: (isMerged) => void actions.forward(this.#chosen(), isMerged),
      remove: () => void actions.remove(this.#chosen()),
      end: () => choosing.end(),
    })
  }

  /** One for a view: rows that get another scene draw themselves anew. */
  #sceneOf(view: ConversationView): ListScene {
    if (this.#scene?.view !== view) this.#scene = new ListScene(view, this.#parts)
    return this.#scene
  }

  get #rows(): MessageRow[] {
    return Array.from(this.renderRoot?.querySelectorAll('im-message-row') ?? [])
  }

  get #focusedKey(): string | undefined {
    return this.shadowRoot?.activeElement?.closest<HTMLElement>('im-message-row')?.dataset.key
  }

  /** Those of the window, without following them. */
  #messages(): readonly Message[] {
    return this.#parts.place.window?.items.peek() ?? []
  }

  #chosen(): Message[] {
    return this.#parts.choosing.chosenOf(this.#messages())
  }

  #createParts(): ListParts {
    const kit = () => this.kit
    const tell = (text: string) => this.#told.tell(text)
    const messages = () => this.#messages()
    const choosing = new Choosing(this)
    const intents = new Intents({ list: this, kit, tell })
    const place = new ReadingPlace(this, {
      kit,
      onArrived: (keys) => this.#announce(keys),
      onLeave: () => {
        choosing.end()
        this.#announcer.clear()
      },
      kept: () => [this.#focusedKey],
    })
    const dialogs = new MessageDialogs(this, { kit, tell, messages })
    const actions = new ListActions({
      settings: this,
      view: () => place.view,
      intents,
      choosing,
      chooseTargets: (limit) => dialogs.chooseTargets(limit),
      edit: (message) => dialogs.edit(message, (it, text) => intents.edit(it, text)),
      tell,
    })
    const menu = new MessageMenu(this, {
      menu: () => this.renderRoot.querySelector<IMMenu>('im-menu'),
      messageOf: (key) => messages().find((message) => messageKey(message) === key),
      itemsFor: (message) => actions.menuItems(message),
      changesIn: (message) => actions.recallTimeLeft(message),
      standStill: () => place.standStill(),
      report: (error, context) => this.kit.report(error, context),
    })
    return { choosing, intents, place, dialogs, actions, menu, tell }
  }

  /** The message a key leads to, drawn and in sight. */
  async #reach(motion: Motion, fromKey: string | undefined): Promise<string | undefined> {
    const { place } = this.#parts
    const key = keyReached(motion, {
      keys: (this.#entries?.entries ?? []).flatMap(({ kind, key }) =>
        kind === 'message' ? key : [],
      ),
      fromKey,
      perPage: place.messagesPerPage,
    })
    if (key !== undefined) await place.reach(key)
    return key
  }

  readonly #onFocusIn = (event: FocusEvent): void => {
    this.#roving.onFocusIn(event)
    this.#tools.onFocusIn(event)
  }

  readonly #onKeyDown = (event: KeyboardEvent): void => {
    const { choosing, menu, actions } = this.#parts
    if (this.#roving.onKeyDown(event)) return
    const row = this.#rows.find((candidate) => event.composedPath().includes(candidate))
    if (!row) return
    if (event.key === 'ContextMenu' || (event.key === 'F10' && event.shiftKey)) {
      event.preventDefault()
      menu.show(row.message, row)
    } else if (event.key === 'Escape' && choosing.isOn) {
      choosing.end()
    } else if (event.target === row && (event.key === 'Enter' || event.key === ' ')) {
      event.preventDefault()
      if (choosing.isOn) this.#toggle(row)
      else if (event.key === 'Enter') actions.activate(row.message, row)
    }
  }

  readonly #onContextMenu = (event: MouseEvent): void => {
    event.preventDefault()
    if (this.#parts.choosing.isOn) return
    const row = event.currentTarget as MessageRow
    // Without a place on the screen it comes from the keyboard.
    const { clientX: x, clientY: y } = event
    this.#parts.menu.show(row.message, x === 0 && y === 0 ? row : { x, y })
  }

  readonly #onClick = (event: Event): void => {
    const isCheckbox = event.target instanceof HTMLInputElement
    if (this.#parts.choosing.isOn && !isCheckbox) this.#toggle(event.currentTarget as MessageRow)
  }

  readonly #onAnimationEnd = (event: AnimationEvent): void => {
    if (event.animationName === 'highlight') this.#parts.place.highlightEnded()
  }

  #toggle(row: MessageRow): void {
    if (row.canBeChosen) this.#parts.choosing.toggle(row.message)
  }

  /** What has come is read out; the list itself is silent. */
  #announce(keys: readonly string[]): void {
    const { view } = this.#parts.place
    if (!view || document.hidden) return
    const arrived = this.#messages().filter((message) => keys.includes(messageKey(message)))
    for (const line of arrivalLines(arrived, view)) this.#announcer.announce(line)
  }
}

/** The events of `<message-list>`. */
export interface MessageListEvents {
  tapMessage: CustomEvent<TapMessageDetail>
}

declare global {
  interface HTMLElementTagNameMap {
    'message-list': MessageList
  }
  // eslint-disable-next-line @typescript-eslint/no-empty-object-type -- how the DOM's map is extended
  interface HTMLElementEventMap extends MessageListEvents {}
}
