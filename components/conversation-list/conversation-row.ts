import { html, LitElement, nothing, type PropertyValues } from 'lit'
import { property } from 'lit/decorators.js'
import type { Conversation } from '../../src/core/conversation.js'
import { renderCustom } from '../../src/kit/custom-message.js'
import type { IMKit } from '../../src/kit/kit.js'
import type { NamedConversation } from '../../src/kit/people.js'
import { fullTime, listTime } from '../../src/kit/time.js'
import { ConversationType, NotificationStatus } from '../../src/model/conversation.js'
import { isOwn, SentStatus, type Message } from '../../src/model/message.js'
import { SignalWatcher } from '../../src/store/signal-watcher.js'
import { baseStyles } from '../internal/base.styles.js'
import {
  alertIcon,
  bellOffIcon,
  checkDoubleIcon,
  checkIcon,
  clockIcon,
  pinIcon,
} from '../internal/icons.js'
import { rowStyles } from './conversation-row.styles.js'

/** The largest number a badge shows. */
const mostShown = 99

/**
 * One conversation of `<conversation-list>`. An element, so that a name that becomes known or a
 * message that comes draws one row and not the list.
 *
 * @csspart avatar - the picture
 * @csspart online - the dot of somebody who is online, if so configured
 * @csspart name - the conversation's name
 * @csspart time - when the last message came
 * @csspart state - whether one's own last message is on its way, failed, sent or read
 * @csspart preview - the second line, without its badges
 * @csspart mention - "someone mentioned you"
 * @csspart draft - the marker of a draft
 * @csspart typing - who is typing
 * @csspart digest - the last message, or the draft
 * @csspart muted - the sign of a muted conversation
 * @csspart pinned - the sign of a pinned conversation
 * @csspart badge - the number of unread messages
 * @csspart dot - what muted conversations have instead, if so configured
 */
export class ConversationRow extends LitElement {
  static override styles = [baseStyles, rowStyles]

  @property({ attribute: false }) kit!: IMKit
  @property({ attribute: false }) conversation!: Conversation
  /** The open conversation: it shows its last message even while it has a draft. */
  @property({ type: Boolean, reflect: true }) selected = false
  @property({ type: Boolean }) hideNotificUnreadCount = false
  @property({ type: Boolean }) showPresence = false
  @property() userBackground = ''

  /** What is drawn and what is read out are made of the same. */
  #profile!: NamedConversation
  #isOnline = false
  #unread = 0
  #hasMention = false
  #typing: string | undefined
  #digest = ''
  #time = ''

  constructor() {
    super()
    new SignalWatcher(this)
  }

  protected override willUpdate(changed: PropertyValues<this>): void {
    super.willUpdate(changed)
    const { kit, conversation } = this
    const { latestMessage } = conversation
    this.#profile = kit.people.conversation(conversation).value
    this.#isOnline = this.#isOnlineNow()
    // What comes before somebody's eyes is marked as read a moment later.
    const isRead = kit.store.value?.isBeingRead(conversation) ?? false
    this.#unread = isRead ? 0 : conversation.unreadMessageCount
    this.#hasMention = conversation.hasMentioned && !isRead
    this.#typing = this.#typingNow()
    const hasDigest = latestMessage && this.#typing === undefined && !this.#hasDraft
    this.#digest = hasDigest ? this.#digestOf(latestMessage) : ''
    this.#time = latestMessage
      ? listTime(latestMessage.sentTime, kit.clock.today.value, kit.words.value)
      : ''
  }

  protected override render() {
    const profile = this.#profile
    return html`
      <div class="picture">
        <im-avatar
          part="avatar"
          .src=${profile.portraitUri}
          .name=${profile.name}
          .seed=${this.conversation.targetId}
          .background=${this.userBackground}
        ></im-avatar>
        ${this.#renderPresence()}
      </div>
      <div class="lines">
        <div class="line">
          <span class="name" part="name" dir="auto">${profile.name}</span>
          ${this.#renderState()} ${this.#renderTime()}
        </div>
        <div class="line">
          <div class="preview" part="preview">${this.#renderPreview()}</div>
          ${this.#renderFlags()} ${this.#renderUnread()}
        </div>
      </div>
    `
  }

  protected override updated(changed: PropertyValues<this>): void {
    super.updated(changed)
    const description = this.#description
    if (description !== this.ariaLabel) this.ariaLabel = description
  }

  #renderPresence() {
    if (!this.#isOnline) return nothing
    const { online } = this.kit.words.value
    return html`<span class="online" part="online" title=${online}></span>`
  }

  #renderState() {
    const state = ownState(this.conversation)
    if (!state) return nothing
    const icon = {
      sending: clockIcon,
      failed: alertIcon,
      unread: checkIcon,
      read: checkDoubleIcon,
    }[state]
    return html`<span
      class="state"
      part="state"
      data-state=${state}
      title=${this.#stateLabel(state)}
      >${icon}</span
    >`
  }

  #renderTime() {
    if (!this.conversation.latestMessage) return nothing
    return html`<time class="time" part="time" @pointerenter=${this.#writeTitle}
      >${this.#time}</time
    >`
  }

  /** The whole date is written when somebody points at the short one: most are never pointed at. */
  readonly #writeTitle = (event: Event): void => {
    const { latestMessage } = this.conversation
    if (!latestMessage) return
    const time = event.currentTarget as HTMLElement
    time.title = fullTime(latestMessage.sentTime, this.kit.words.peek())
  }

  #renderPreview() {
    const words = this.kit.words.value
    const typing = this.#typing
    if (typing) return html`<span class="digest typing" part="typing">${typing}</span>`
    const { latestMessage } = this.conversation
    const mention = this.#hasMention
      ? html`<span class="marker" part="mention" dir="auto">${words.mentionedYou}</span>`
      : nothing
    if (this.#hasDraft) {
      return html`${mention}<span class="marker" part="draft" dir="auto">${words.draft}</span>
        <span class="digest" part="digest" dir="auto">${this.conversation.draft}</span>`
    }
    if (!latestMessage) return mention
    return html`${mention}<span class="digest" part="digest" dir="auto"
        >${renderCustom(this.kit, 'lastMessage', latestMessage, this.#digest)}</span
      >`
  }

  #renderFlags() {
    return html`${
      this.#isMuted ? html`<span class="flag" part="muted">${bellOffIcon}</span>` : nothing
    }${
      this.conversation.isTop ? html`<span class="flag" part="pinned">${pinIcon}</span>` : nothing
    }`
  }

  #renderUnread() {
    const count = this.#unread
    if (count <= 0) return nothing
    if (this.#isMuted && this.hideNotificUnreadCount) {
      return html`<span class="dot" part="dot"></span>`
    }
    const { countOver } = this.kit.words.value
    return html`<span class="badge" part="badge" ?data-muted=${this.#isMuted}
      >${count > mostShown ? countOver(mostShown) : count}</span
    >`
  }

  get #isMuted(): boolean {
    return this.conversation.notificationStatus === NotificationStatus.OPEN
  }

  get #hasDraft(): boolean {
    return this.conversation.draft !== '' && !this.selected
  }

  #isOnlineNow(): boolean {
    const { conversationType, targetId } = this.conversation
    if (!this.showPresence || conversationType !== ConversationType.PRIVATE) return false
    return this.kit.store.value?.isOnline(targetId).value ?? false
  }

  /** Who is typing; in a private conversation it goes without saying who. */
  #typingNow(): string | undefined {
    const { kit, conversation } = this
    const users = kit.store.value?.typing(conversation).value ?? []
    if (users.length === 0) return undefined
    const isPrivate = conversation.conversationType === ConversationType.PRIVATE
    const names = users.map(({ userId }) => kit.people.member(conversation, userId).value.name)
    return kit.words.value.typing(isPrivate ? [] : names)
  }

  /** In a group with the name of who said it. */
  #digestOf(message: Message): string {
    const { kit, conversation } = this
    const text = kit.digest(message)
    const isSpoken = kit.client?.messageTypes.get(message.messageType)?.role !== 'notice'
    const isGroup = conversation.conversationType === ConversationType.GROUP
    if (!isGroup || !isSpoken || isOwn(message)) return text
    const { name } = kit.people.member(conversation, message.senderUserId).value
    return kit.words.value.said(name, text)
  }

  /** All there is to see, in the order in which it matters to somebody who hears it. */
  get #description(): string {
    const { conversation } = this
    const words = this.kit.words.value
    const { isTop, draft } = conversation
    const state = ownState(conversation)
    return [
      this.#profile.name,
      this.#isOnline && words.online,
      this.#unread > 0 && words.unreadCount(this.#unread),
      this.#hasMention && words.mentionedYou,
      this.#typing ?? (this.#hasDraft ? `${words.draft} ${draft}` : this.#digest),
      this.#time,
      state && this.#stateLabel(state),
      isTop && words.pinned,
      this.#isMuted && words.muted,
    ]
      .filter(Boolean)
      .join(', ')
  }

  #stateLabel(state: OwnState): string {
    const { sending, sendFailed, unread, read } = this.kit.words.value
    return { sending, failed: sendFailed, unread, read }[state]
  }
}

type OwnState = 'sending' | 'failed' | 'unread' | 'read'

/** What became of the last message, if it is one's own. Who has read it is told in private only. */
function ownState({ latestMessage, conversationType }: Conversation): OwnState | undefined {
  if (!latestMessage || !isOwn(latestMessage)) return undefined
  switch (latestMessage.sentStatus) {
    case SentStatus.SENDING:
      return 'sending'
    case SentStatus.FAILED:
      return 'failed'
    case SentStatus.READ:
      return 'read'
    default:
      return conversationType === ConversationType.PRIVATE ? 'unread' : undefined
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'im-conversation-row': ConversationRow
  }
}
