import { html, nothing, type PropertyValues } from 'lit'
import { property, query, state } from 'lit/decorators.js'
import { repeat } from 'lit/directives/repeat.js'
import type { Conversation } from '../../src/core/conversation.js'
import type { IMKit } from '../../src/kit/kit.js'
import type { DisabledConversationContextMenu } from '../../src/kit/menu-items.js'
import type { ConversationPlaces } from '../../src/store/conversation-places.js'
import { ConnectionStatus } from '../../src/model/connection-status.js'
import { conversationIdOf, conversationKey } from '../../src/model/conversation.js'
import type { IMError } from '../../src/model/errors.js'
import type { IMMenu, MenuAnchor, MenuItem } from '../im-menu/im-menu.js'
import { MenuOpening } from '../im-menu/menu-opening.js'
import { baseStyles, rootStyles } from '../internal/base.styles.js'
import { IMElement } from '../internal/im-element.js'
import { messagesIcon, offlineIcon } from '../internal/icons.js'
import { LongPress } from '../internal/long-press.js'
import { inlineStyle } from '../internal/inline-style.js'
import { RovingFocus, type Motion } from '../internal/roving-focus.js'
import { UniformRows, type Range } from '../internal/uniform-rows.js'
import { warnOnce } from '../internal/warn-once.js'
import { connectionNotice } from './connection-notice.js'
import { listStyles } from './conversation-list.styles.js'
import { conversationMenu, type CustomConversationMenuItem } from './conversation-menu.js'
import type { ConversationRow } from './conversation-row.js'
import { listFailure, listSkeleton } from './list-placeholders.js'

/** A conversation to draw, and its place in the list. */
interface DrawnRow {
  index: number
  conversation: Conversation
}

/**
 * The conversations of the kit's user: pinned ones first, then by time. However many there are,
 * only those in view are drawn, and some around; all rows are of one height. What is on screen
 * stays where it is when others move, unless the list is at its top: there the newest comes in.
 *
 * @slot header - above the list, for example a search field; stays while the list scrolls
 * @slot empty - in place of the words that there are no conversations
 * @fires {CustomEvent<Conversation>} tapConversation - one was chosen. Unless the host prevents it,
 *   the kit opens it.
 * @fires {CustomEvent<Conversation>} deleteConversation - one was taken out of the list, from its
 *   menu or by `removeConversation()`
 * @fires {CustomEvent<Conversation>} updateConversation - one was pinned, unpinned, muted or unmuted
 *   from its menu
 * @csspart banner - the strip that tells about the connection
 * @csspart scroller - what scrolls
 * @csspart list - the rows
 * @csspart row - one conversation; also `row-selected`, `row-pinned`, `row-unread` where it is so
 * @csspart avatar - its picture
 * @csspart online - the dot on it of somebody who is online, with `show-presence`
 * @csspart name - its name
 * @csspart time - when its last message came
 * @csspart state - whether one's own last message is on its way, failed, sent or read
 * @csspart preview - its second line, without the badges
 * @csspart mention - "someone mentioned you"
 * @csspart draft - the marker of a draft
 * @csspart typing - who is typing
 * @csspart digest - its last message, or the draft
 * @csspart muted - the sign of a muted conversation
 * @csspart pinned - the sign of a pinned conversation
 * @csspart badge - the number of unread messages
 * @csspart dot - what muted conversations have instead, with `hide-notific-unread-count`
 * @csspart skeleton - what is shown while the list, or a part of it, loads
 * @csspart empty - what is shown when there are no conversations
 * @csspart error - what is shown when the list could not be loaded
 * @csspart menu - the context menu
 * @csspart menu-item - one line of it
 * @cssprop [--im-font-size=16px] - the size all inside scales by, unless `base-size` is set
 * @cssprop [--im-color-surface] - background
 * @cssprop [--im-color-selected] - background of the open conversation
 * @cssprop [--im-color-hover] - veil over the row the pointer is on
 * @cssprop [--im-color-badge] - background of unread counts
 * @cssprop [--im-color-online] - the dot of somebody who is online
 */
export class ConversationList extends IMElement {
  static override styles = [baseStyles, rootStyles, listStyles]

  /** Items to add to the context menu. */
  @property({ attribute: false }) customMenu: CustomConversationMenuItem[] = []

  /** Built-in items to leave out of the context menu; each stands for both directions. */
  @property({ attribute: false }) disableMenu: DisabledConversationContextMenu[] = []

  /** Muted conversations show a dot in place of the number of unread messages. */
  @property({ type: Boolean, attribute: 'hide-notific-unread-count' })
  hideNotificUnreadCount = false

  /** Private conversations show a dot while the other one is online, where the backend tells. */
  @property({ type: Boolean, attribute: 'show-presence' }) showPresence = false

  /** A colour behind the avatars. */
  @property({ attribute: 'user-background' }) userBackground = ''

  /** The key of the conversation whose menu is open. */
  @state() private menuKey: string | undefined
  @query('im-menu') private readonly menu!: IMMenu
  @query('.scroller') private readonly scroller!: HTMLElement

  readonly #menuOpening = new MenuOpening(this, (error, context) => this.kit.report(error, context))
  #menuItems: { conversation: Conversation; items: MenuItem[] } | undefined
  #shownCurrent: string | undefined
  #sought: string | undefined
  #drawnPlaces: ConversationPlaces | undefined
  #heard: { kit: IMKit; off: () => void } | undefined

  readonly #uniform = new UniformRows(this, {
    scroller: () => this.scroller,
    list: () => this.renderRoot.querySelector<HTMLElement>('.rows'),
    sample: () => this.renderRoot.querySelector('im-conversation-row'),
  })
  readonly #roving = new RovingFocus(this, {
    items: () => this.#rows,
    initialKey: () => this.#initialKey(),
    reach: (motion, fromKey) => this.#reach(motion, fromKey),
  })
  readonly #longPress = new LongPress(this, (row, point) => {
    this.#openMenu((row as ConversationRow).conversation.conversationKey, point)
  })

  override disconnectedCallback(): void {
    super.disconnectedCallback()
    this.#stopListening()
  }

  protected override willUpdate(changed: PropertyValues<this>): void {
    super.willUpdate(changed)
    for (const name of ['customMenu', 'disableMenu'] as const) {
      if (Array.isArray(this[name])) continue
      warnOnce(`${name} of <conversation-list> takes an array.`)
      this[name] = []
    }
    this.#listenTo(this.kit)
    this.#holdPlace()
    this.#revealCurrent()
    this.#look()
  }

  protected override render() {
    return html`
      ${this.#renderBanner()}
      <slot name="header"></slot>
      <div class="scroller" part="scroller" @scroll=${this.#uniform.onScroll}>
        ${this.#renderContent()}
      </div>
      <im-menu
        exportparts="menu, item: menu-item"
        .label=${this.words.moreActions}
        .items=${this.#itemsOfMenu()}
        @im-menu-close=${() => (this.menuKey = undefined)}
      ></im-menu>
    `
  }

  #renderBanner() {
    const notice = connectionNotice(this.store?.status.value, this.words)
    if (!notice || this.#refusal) return nothing
    return html`<div class="banner" part="banner" role="status" ?data-trying=${notice.isTrying}>
      ${notice.isTrying ? html`<im-spinner></im-spinner>` : offlineIcon}
      <span>${notice.text}</span>
    </div>`
  }

  #renderContent() {
    const { words } = this
    const list = this.#window
    const places = list?.places.value
    this.#drawnPlaces = places
    if (places?.at(0)) return this.#renderRows(places)
    switch (list?.state.value) {
      case 'failed':
        return listFailure(words.loadFailed, { words, tryAgain: () => void list?.load() })
      case 'ready':
        // What there is may be hidden by the host: there is more to look through.
        return list.hasMore.value
          ? [listSkeleton(words.loading), this.#renderEnd(list.places.value)]
          : this.#renderEmpty()
      default:
        if (this.#refusal) return listFailure(words.error(this.#refusal.code))
        return this.#isComing ? listSkeleton(words.loading) : nothing
    }
  }

  #renderRows(places: ConversationPlaces) {
    const { rowSize } = this.#uniform
    const range = this.#uniform.range(places.length)
    const drawn = this.#drawnRows(places, range)
    const currentKey = this.#currentKey
    let next = 0
    return html`${this.#renderComing(places, range)}
      <div
        class="rows"
        part="list"
        role="listbox"
        aria-label=${this.words.conversations}
        ${inlineStyle({ 'block-size': `${places.length * rowSize}px` })}
        @focusin=${this.#roving.onFocusIn}
        @focusout=${this.#roving.onFocusOut}
        @keydown=${this.#onKeyDown}
      >
        ${repeat(
          drawn,
          ({ conversation }) => conversation.conversationKey,
          ({ conversation, index }) => {
            const skipped = index - next
            next = index + 1
            const isSelected = conversation.conversationKey === currentKey
            const count = places.length
            return this.#renderRow({ conversation, index }, count, isSelected, skipped * rowSize)
          },
        )}
      </div>
      ${this.#renderEnd(places)}`
  }

  /** @param space above it, for rows that are not drawn. Pixels */
  #renderRow({ conversation, index }: DrawnRow, count: number, isSelected: boolean, space: number) {
    const { conversationKey: key, isTop, unreadMessageCount } = conversation
    const parts = ['row', isSelected && 'row-selected', isTop && 'row-pinned']
    if (unreadMessageCount > 0) parts.push('row-unread')
    return html`<im-conversation-row
      part=${parts.filter(Boolean).join(' ')}
      exportparts="avatar, online, name, time, state, preview, mention, draft, typing, digest, muted, pinned, badge, dot"
      role="option"
      aria-selected=${isSelected}
      aria-posinset=${index + 1}
      aria-setsize=${count}
      data-key=${key}
      ?data-menu=${key === this.menuKey}
      ${inlineStyle({ 'margin-block-start': space > 0 ? `${space}px` : undefined })}
      .kit=${this.kit}
      .conversation=${conversation}
      .selected=${isSelected}
      .hideNotificUnreadCount=${this.hideNotificUnreadCount}
      .showPresence=${this.showPresence}
      .userBackground=${this.userBackground}
      @click=${this.#onClick}
      @contextmenu=${this.#onContextMenu}
      @pointerdown=${this.#longPress.onPointerDown}
    ></im-conversation-row>`
  }

  /** Where rows are to be drawn that are not loaded: shapes of them, for the moment it takes. */
  #renderComing(places: ConversationPlaces, { first, last }: Range) {
    const { rowSize } = this.#uniform
    const coming: { from: number; count: number }[] = []
    for (let index = first; index < last; index++) {
      if (places.at(index)) continue
      const run = coming.at(-1)
      if (run && run.from + run.count === index) run.count += 1
      else coming.push({ from: index, count: 1 })
    }
    return coming.map(
      ({ from, count }) =>
        html`<div
          class="coming"
          part="skeleton"
          ${inlineStyle({
            '--_row-size': `${rowSize}px`,
            'inset-block-start': `${from * rowSize}px`,
            'block-size': `${count * rowSize}px`,
          })}
        ></div>`,
    )
  }

  #renderEnd(places: ConversationPlaces) {
    const list = this.#window
    if (!list || !places.isOpenEnded) return nothing
    return html`<div class="end">
      ${
        list.loadingMore.value
          ? html`<im-spinner label=${this.words.loading}></im-spinner>`
          : html`<button class="button" type="button" @click=${() => void list.lookAgain()}>
              ${this.words.loadMoreConversations}
            </button>`
      }
    </div>`
  }

  #renderEmpty() {
    return html`<div class="message" part="empty">
      <slot name="empty">${messagesIcon}<span>${this.words.noConversations}</span></slot>
    </div>`
  }

  /** Why there is no list at all: the token or the database was refused. */
  get #refusal(): IMError | undefined {
    return this.#window?.state.value === 'idle' ? this.store?.failure.value : undefined
  }

  /** Nothing is known yet, and something is on its way. Before `connect` there is nothing to wait for. */
  get #isComing(): boolean {
    const status = this.store?.status.value
    return this.#window?.state.value === 'loading' || status === ConnectionStatus.CONNECTING
  }

  get #window() {
    return this.store?.conversations
  }

  get #rows(): ConversationRow[] {
    return Array.from(this.renderRoot.querySelectorAll('im-conversation-row'))
  }

  get #currentKey(): string | undefined {
    const current = this.store?.current.value
    return current && conversationKey(current)
  }

  /** The menu of the conversation it was opened for, made anew when that changes. */
  #itemsOfMenu(): readonly MenuItem[] {
    const key = this.menuKey
    const conversation = key && this.#conversationOf(key)
    if (!conversation) return []
    if (this.#menuItems?.conversation !== conversation) {
      const { kit, customMenu, disableMenu } = this
      const items = conversationMenu({
        kit,
        conversation,
        customMenu,
        disableMenu,
        onUpdated: (updated) => this.#dispatch('updateConversation', updated),
      })
      this.#menuItems = { conversation, items }
    }
    return this.#menuItems.items
  }

  /** Whoever takes a conversation out of the list: its menu here, or the host. */
  #listenTo(kit: IMKit): void {
    if (kit === this.#heard?.kit || !this.isConnected) return
    this.#stopListening()
    const off = kit.on('conversation_removed', (conversation) => {
      this.#dispatch('deleteConversation', conversation)
    })
    this.#heard = { kit, off }
  }

  #stopListening(): void {
    this.#heard?.off()
    this.#heard = undefined
  }

  readonly #onClick = (event: Event): void => {
    this.#choose((event.currentTarget as ConversationRow).conversation)
  }

  readonly #onKeyDown = (event: KeyboardEvent): void => {
    if (this.#roving.onKeyDown(event)) return
    const row = event.composedPath().find((target) => this.#rows.includes(target as never))
    if (!row) return
    const { conversation } = row as ConversationRow
    if (event.key === 'Enter' || event.key === ' ') {
      event.preventDefault()
      this.#choose(conversation)
    } else if (event.key === 'ContextMenu' || (event.key === 'F10' && event.shiftKey)) {
      event.preventDefault()
      this.#openMenu(conversation.conversationKey, row as ConversationRow)
    }
  }

  readonly #onContextMenu = (event: MouseEvent): void => {
    event.preventDefault()
    const { conversationKey: key } = (event.currentTarget as ConversationRow).conversation
    // The key that opened the menu brings this event as well, on some systems.
    if (this.menuKey === key && event.button !== 2) return
    this.#openMenu(key, { x: event.clientX, y: event.clientY })
  }

  #choose(conversation: Conversation): void {
    if (!this.#dispatch('tapConversation', conversation)) return
    this.kit.selectConversation(conversationIdOf(conversation))
  }

  /** Focuses the row that the Tab key would find. */
  override focus(options?: FocusOptions): void {
    if (this.#rows.length > 0) this.#roving.focus()
    else super.focus(options)
  }

  #openMenu(key: string, anchor: MenuAnchor): void {
    this.#menuItems = undefined
    this.menuKey = key
    void this.#menuOpening.begin({
      open: () => void this.updateComplete.then(() => this.menu.show(anchor)),
      dropped: () => (this.menuKey = undefined),
    })
  }

  /** False: the host prevents what would follow. */
  #dispatch(name: keyof ConversationListEvents, detail: Conversation): boolean {
    const cancelable = name === 'tapConversation'
    return this.dispatchEvent(
      new CustomEvent(name, { detail, bubbles: true, composed: true, cancelable }),
    )
  }

  /** Those in view and around, and those that must not go: with the focus, the menu, the selection. */
  #drawnRows(places: ConversationPlaces, { first, last }: Range): DrawnRow[] {
    const drawn: DrawnRow[] = []
    for (let index = first; index < last; index++) {
      const conversation = places.at(index)
      if (conversation) drawn.push({ index, conversation })
    }
    for (const key of this.#heldKeys()) {
      const index = this.#window?.placeOf(key)
      const conversation = this.#window?.find(key)
      if (index === undefined || !conversation) continue
      if (!drawn.some((row) => row.conversation === conversation))
        drawn.push({ index, conversation })
    }
    return drawn.sort((one, other) => one.index - other.index)
  }

  #heldKeys(): string[] {
    return [this.#roving.key, this.menuKey, this.#currentKey].filter((key) => key !== undefined)
  }

  #conversationOf(key: string): Conversation | undefined {
    // Read so that a change of it draws the menu again.
    void this.#window?.places.value
    return this.#window?.find(key)
  }

  /**
   * Tells the window what is looked at, so that it is loaded, and what lies ahead. Before it is
   * drawn: what the window lets go of then draws nothing again.
   */
  #look(): void {
    const places = this.#window?.places.peek()
    if (!places) return
    const { first, last } = this.#uniform.range(places.length)
    void this.#window?.look(first, last, this.#heldKeys())
  }

  /** What is being read stays where it is when others move past it. */
  #holdPlace(): void {
    const places = this.#window?.places.peek()
    const before = this.#drawnPlaces
    if (!places || !before || places === before) return
    if (!this.#uniform.isAtTop) this.#uniform.move(this.#movedRows(before, places))
  }

  /** By how many rows those in view have moved; the one under the pointer counts first. */
  #movedRows(before: ConversationPlaces, places: ConversationPlaces): number {
    const { first, last } = this.#uniform.inView
    const pointed = this.renderRoot.querySelector<ConversationRow>('im-conversation-row:hover')
    const indexes = pointed ? [before.indexOf(pointed.conversation.conversationKey)] : []
    for (let index = first; index < last; index++) indexes.push(index)
    for (const index of indexes) {
      const conversation = before.at(index)
      if (!conversation) continue
      const now = places.indexOf(conversation.conversationKey)
      // One that has moved itself tells nothing of the others.
      if (now >= 0 && places.at(now)?.listOrder === conversation.listOrder) return now - index
    }
    return 0
  }

  /** The Tab key finds the open conversation, else the first one in view. */
  #initialKey(): string | undefined {
    const current = this.#currentKey
    if (current !== undefined && this.#window?.places.peek().indexOf(current) !== -1) return current
    const { first } = this.#uniform.inView
    return this.#window?.places.peek().at(first)?.conversationKey
  }

  async #reach(motion: Motion, fromKey: string | undefined): Promise<string | undefined> {
    const list = this.#window
    if (!list) return undefined
    const from = (fromKey === undefined ? undefined : await list.locate(fromKey)) ?? 0
    const last = list.places.peek().length - 1
    const target = {
      first: 0,
      last,
      next: from + 1,
      previous: from - 1,
      'page-next': from + this.#uniform.perPage,
      'page-previous': from - this.#uniform.perPage,
    }[motion]
    const index = Math.max(0, Math.min(target, last))
    this.#uniform.reveal(index)
    if (!list.places.peek().at(index)) await list.look(index, index + 1, this.#heldKeys())
    return list.places.peek().at(index)?.conversationKey
  }

  /** Scrolls to a conversation that was opened from somewhere else. */
  #revealCurrent(): void {
    const key = this.#currentKey
    if (key === this.#shownCurrent || !this.#uniform.isMeasured) return
    const index = key === undefined ? -1 : (this.#window?.places.peek().indexOf(key) ?? -1)
    if (key === undefined || index >= 0) this.#shownCurrent = key
    if (index >= 0) this.#uniform.reveal(index)
    else if (key !== undefined && key !== this.#sought) void this.#seekCurrent(key)
  }

  /** It may stand where nothing is loaded. */
  async #seekCurrent(key: string): Promise<void> {
    if (this.#window?.state.peek() !== 'ready') return
    this.#sought = key
    const index = await this.#window.locate(key)
    if (index !== undefined && key === this.#currentKey) this.#uniform.reveal(index)
  }
}

/** The events of `<conversation-list>`; each carries the conversation. */
export interface ConversationListEvents {
  tapConversation: CustomEvent<Conversation>
  deleteConversation: CustomEvent<Conversation>
  updateConversation: CustomEvent<Conversation>
}

declare global {
  interface HTMLElementTagNameMap {
    'conversation-list': ConversationList
  }
  // eslint-disable-next-line @typescript-eslint/no-empty-object-type -- how the DOM's map is extended
  interface HTMLElementEventMap extends ConversationListEvents {}
}
