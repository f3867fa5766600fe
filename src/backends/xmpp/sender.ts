/**
 * The way of a message to the server, and the answer: its place. Sending twice under one id is
 * sending once, from whichever of the user's devices.
 */
import { ConversationType } from '../../model/conversation.js'
import { ErrorCode, IMError, invalidParameter } from '../../model/errors.js'
import type { ArchivedMessage, MessageEnvelope } from '../../model/message.js'
import type { Acknowledgement, OutgoingMessage } from '../backend.js'
import { blockedBy } from '../block-list-rules.js'
import { acceptedForm, isOperation, isRated } from '../message-rules.js'
import { RateLimit } from '../rate-limit.js'
import { bareAddress } from './addresses.js'
import { archiveId, orderOf, timeOf } from './archive-place.js'
import type { Archives } from './archive-query.js'
import { notInGroup, withoutGroups } from './archive-source.js'
import type { ConversationArchive } from './conversation-archive.js'
import { editRetraction } from './edit-retraction.js'
import { encode, type Remains } from './envelope.js'
import type { GroupOwners } from './group-owners.js'
import type { LastingStream } from './lasting-stream.js'
import { Lately } from './lately.js'
import { NS_IMKIT, NS_RETRACT } from './namespaces.js'
import { checkedOperation, type Checked } from './operation-checks.js'
import type { XmppLimits } from './options.js'
import type { People } from './people.js'
import { allReceived, nameOf, type Received } from './received.js'
import { madeAt, sentAfter } from './sent-before.js'
import { errorFrom, StanzaError, unlessLost } from './stanza-error.js'
import { Turns } from './turns.js'
import { xml, type Element } from './wire.js'
import { asXmlText } from './xml.js'

const NS_MODERATE = 'urn:xmpp:message-moderate:1'

/** Milliseconds of an unbroken connection until a message nobody answers for has to be sent again. */
const ANSWER_TIMEOUT = 15_000

/** Acknowledgements remembered, so that the same one is given again. */
const MOST_REMEMBERED = 1000

export interface SenderContext {
  stream: LastingStream
  people: People
  archives: Archives
  owners: GroupOwners
  limits: XmppLimits
  /** Whether the server tells the place of what was sent to a user. */
  acknowledges: boolean
  archiveOf(message: MessageEnvelope): ConversationArchive
  /** Told of what was sent as soon as it has its place. */
  arrived(received: Received): void
}

/** A message that was sent and has no answer yet. */
interface Pending {
  message: MessageEnvelope
  remains?: Remains
  /** Whom it was sent to. */
  receivers: readonly string[]
  /** Copies nothing is known of yet. */
  copies: number
  /** Where those stand that were taken. */
  place?: Acknowledgement
  /** The room sends it back to all its members, this session among them. */
  comesBack: boolean
  resolve: (place: Acknowledgement) => void
  reject: (reason: IMError) => void
}

export class Sender {
  readonly #context: SenderContext
  readonly #rate: RateLimit
  readonly #begun = Date.now()
  /** By conversation, sender and id. */
  readonly #underWay = new Map<string, Promise<Acknowledgement>>()
  readonly #acknowledged = new Map<string, Acknowledgement>()
  readonly #tried = new Lately(MOST_REMEMBERED * 2)
  readonly #sentStatus = new Lately(MOST_REMEMBERED)
  /** By id: one at a time, for the server's answer names nothing else. */
  readonly #pending = new Map<string, Pending>()
  /** One after the other where one id is used for several messages. */
  readonly #turns = new Turns()

  constructor(context: SenderContext) {
    this.#context = context
    this.#rate = new RateLimit(context.limits.sendRate, Date.now)
  }

  /** @throws IMError as the port says */
  async send(outgoing: OutgoingMessage): Promise<Acknowledgement> {
    const { people, limits } = this.#context
    const message = acceptedForm(outgoing, people.userId, limits.messageSize)
    this.#assertPlace(message)
    if (!message.isPersisted) return this.#sendStatus(message)
    const name = nameOf(message as ArchivedMessage)
    const known = this.#acknowledged.get(name) ?? this.#underWay.get(name)
    if (known) return known
    const sending = this.#sendOnce(name, message).finally(() => this.#underWay.delete(name))
    this.#underWay.set(name, sending)
    return sending
  }

  /** A notice of what this client has just done to a group, to all its members. */
  announce(notice: MessageEnvelope): Promise<Acknowledgement> {
    return this.#turns.take(notice.messageUId, () => this.#transmit({ message: notice }))
  }

  /**
   * The same to some members alone, the user among them or not. They keep it in their own archives,
   * and have it also when they are out by then. What is asked of the room next is done after it.
   */
  whisper(notice: MessageEnvelope, userIds: readonly string[]): void {
    const { stream, people } = this.#context
    for (const userId of userIds) {
      stream.send(encode(people, { envelope: notice }, people.member(notice.targetId, userId)))
    }
  }

  /** What the server answers to something sent. @returns whether it was such an answer */
  hear(stanza: Element): boolean {
    const acknowledgement = stanza.getChild('ack', NS_IMKIT)
    if (acknowledgement) {
      const { id = '', 'stanza-id': place } = acknowledgement.attrs
      if (stanza.attrs.from === this.#context.people.self) this.#placed(id, orderOf(place))
      return true
    }
    if (stanza.attrs.type !== 'error') return false
    this.#refused(stanza)
    return true
  }

  /** An own message has come back from where it was sent to. */
  cameBack({ messageUId, order, sentTime, ...message }: ArchivedMessage): void {
    const pending = this.#pending.get(asXmlText(messageUId))
    if (!pending?.comesBack || pending.message.targetId !== message.targetId) return
    pending.resolve({ order, sentTime })
  }

  /** Whether a status message is one this session has sent. */
  isOwnStatus(message: MessageEnvelope): boolean {
    if (message.senderUserId !== this.#context.people.userId) return false
    if (!this.#sentStatus.has(nameOf(message as ArchivedMessage))) return false
    this.#pending.get(asXmlText(message.messageUId))?.resolve({ order: '', sentTime: 0 })
    return true
  }

  async #sendOnce(name: string, message: MessageEnvelope): Promise<Acknowledgement> {
    const { archiveOf, owners, limits, stream } = this.#context
    const before = await this.#findSent(name, message)
    if (before) return this.#remember(name, before)
    const checked: Checked = isOperation(message.messageType)
      ? await checkedOperation({
          message,
          archive: archiveOf(message),
          owners,
          now: stream.serverTime(),
          maxRecallDuration: limits.maxRecallDuration,
        })
      : { message }
    if (isRated(message)) this.#rate.take()
    this.#tried.add(name)
    this.#takeOutEdits(checked)
    const place = await this.#turns.take(message.messageUId, () => this.#transmit(checked))
    await this.#takeOut(checked)
    return this.#remember(name, place)
  }

  /** Before the recall: a connection that is lost between them leaves it to be sent again. */
  #takeOutEdits({ message, edits = [], audience }: Checked): void {
    if (message.content.isAdmin === true) return
    const { stream, people } = this.#context
    const receivers = this.#receiversOf(message, audience)
    for (const edit of edits) {
      for (const to of receivers) stream.send(editRetraction(people, edit, to))
    }
  }

  /** What the owner of a group recalls leaves its archive by an order of its own (XEP-0425). */
  async #takeOut({ message, remains, edits = [], audience }: Checked): Promise<void> {
    if (!remains || audience || message.content.isAdmin !== true) return
    const { stream, people } = this.#context
    for (const { order } of [remains, ...edits]) {
      const attrs = { xmlns: NS_MODERATE, id: archiveId(order) }
      const moderate = xml('moderate', attrs, xml('retract', { xmlns: NS_RETRACT }))
      // Older servers do not know it: everyone leaves the content out then, and they keep it.
      await stream.iq('set', moderate, people.room(message.targetId)).catch(unlessLost)
    }
  }

  #remember(name: string, { order, sentTime }: Acknowledgement): Acknowledgement {
    const acknowledgement = { order, sentTime }
    this.#acknowledged.set(name, acknowledgement)
    if (this.#acknowledged.size > MOST_REMEMBERED) {
      this.#acknowledged.delete(this.#acknowledged.keys().next().value!)
    }
    return acknowledgement
  }

  /**
   * What was sent under this id before. What this session has made itself and not tried yet can't
   * have been sent; everything else is looked for.
   */
  async #findSent(name: string, message: MessageEnvelope): Promise<ArchivedMessage | undefined> {
    const made = madeAt(message.messageUId)
    const isNew = made !== undefined && made >= this.#begun && made <= Date.now()
    if (isNew && !this.#tried.has(name)) return undefined
    return this.#find(message)
  }

  async #find(message: MessageEnvelope): Promise<ArchivedMessage | undefined> {
    const { archiveOf, archives, stream, people } = this.#context
    const start = sentAfter(message.messageUId, stream.serverTime())
    if (message.audience === 'self') {
      const query = { counterpart: people.ownDevices, after: start || '0', count: 250 }
      const page = await archives.page(query)
      return allReceived(people, page.entries)
        .map((it) => it.message)
        .find(({ messageUId }) => messageUId === message.messageUId)
    }
    const archive = archiveOf(message)
    const found = () =>
      archive
        .entries()
        .find(
          ({ messageUId, senderUserId }) =>
            messageUId === message.messageUId && senderUserId === people.userId,
        )
    await archive.readBack(() => found() !== undefined || archive.from <= start)
    return found()
  }

  /** @throws IMError 20109, 34201, 33003, 22406 */
  #assertPlace({ conversationType, channelId, audience }: MessageEnvelope): void {
    if (channelId) throw invalidParameter('Only super groups have channels: leave `channelId` out.')
    switch (conversationType) {
      case ConversationType.PRIVATE:
        return
      case ConversationType.GROUP:
        if (this.#context.people.rooms === undefined) throw withoutGroups()
        return
      case ConversationType.SYSTEM:
        if (audience === 'self') return
        throw new IMError(
          ErrorCode.SYS_CONVERSATION_NOT_SUPPORT_MESSAGE,
          'Only the server writes to system conversations.',
        )
      default:
        throw new IMError(
          ErrorCode.CONVERSATION_TYPE_NOT_SUPPORT,
          `This server has private, group and system conversations, not type ${conversationType}.`,
        )
    }
  }

  async #sendStatus(message: MessageEnvelope): Promise<Acknowledgement> {
    const { stream } = this.#context
    if (isRated(message)) this.#rate.take()
    this.#sentStatus.add(nameOf(message as ArchivedMessage))
    await this.#turns.take(message.messageUId, () => this.#transmit({ message }))
    return { order: '', sentTime: Math.floor(stream.serverTime()) }
  }

  async #transmit({ message, remains, target, audience }: Checked): Promise<Acknowledgement> {
    const { stream, people, acknowledges } = this.#context
    const receivers = this.#receiversOf(message, audience)
    const carried = { envelope: message, remains, target }
    const stanzas = receivers.map((to) => encode(people, carried, to))
    const comesBack = stanzas[0]!.attrs.type === 'groupchat'
    const id = stanzas[0]!.attrs.id!
    let tooLate: ReturnType<typeof setTimeout> | undefined
    /** A server that can't be reached answers when it can be again. */
    const waitForAnswer = (milliseconds: number, giveUp: () => void) => {
      tooLate = setTimeout(() => {
        const left = stream.connectedSince + ANSWER_TIMEOUT - Date.now()
        if (left > 0) waitForAnswer(Math.min(left, ANSWER_TIMEOUT), giveUp)
        else giveUp()
      }, milliseconds)
    }
    try {
      return await new Promise<Acknowledgement>((resolve, reject) => {
        const copies = receivers.length
        const pending = { message, remains, receivers, copies, comesBack, resolve, reject }
        this.#pending.set(id, pending)
        waitForAnswer(ANSWER_TIMEOUT, () => reject(unanswered()))
        Promise.all(stanzas.map((stanza) => stream.handOver(stanza)))
          .then(() => {
            if (comesBack) return
            if (!message.isPersisted) resolve({ order: '', sentTime: 0 })
            else if (!acknowledges) return this.#lookFor(pending, id)
          })
          .catch(reject)
      })
    } finally {
      clearTimeout(tooLate)
      this.#pending.delete(id)
    }
  }

  /** The server has it, and does not tell where: it stands among the newest of the archive. */
  async #lookFor(pending: Pending, id: string): Promise<void> {
    const { message } = pending
    const { archives, people, archiveOf } = this.#context
    const counterpart =
      message.audience === 'self'
        ? people.ownDevices
        : people.counterpart(archiveOf(message).conversation)
    const page = await archives.page({ counterpart, count: 50 })
    const found = allReceived(people, page.entries).find(
      (it) =>
        it.message.messageUId === message.messageUId && it.message.senderUserId === people.userId,
    )
    if (!found) return
    // Whether each of them has it is not to be found out.
    pending.copies = 1
    this.#placed(id, found.message.order, found.id)
  }

  #receiversOf(message: MessageEnvelope, audience: readonly string[] | undefined): string[] {
    const { people } = this.#context
    const { conversationType, targetId, directedUserIds } = message
    if (message.audience === 'self') return [people.ownDevices]
    if (conversationType !== ConversationType.GROUP) return [people.user(targetId)]
    const named = audience ?? (directedUserIds?.length ? directedUserIds : undefined)
    if (!named) return [people.room(targetId)]
    const others = [...new Set(named)].filter((userId) => userId !== people.userId)
    const receivers = others.length > 0 ? others : [people.userId]
    return receivers.map((userId) => people.member(targetId, userId))
  }

  #placed(id: string, order: string | undefined, idInArchive?: string): void {
    const pending = this.#pending.get(id)
    if (!pending || order === undefined || !pending.message.isPersisted) return
    pending.place ??= { order, sentTime: timeOf(order) }
    const { message, remains, place } = pending
    this.#context.arrived({
      message: { ...message, ...place },
      ...(remains && { remains }),
      ...(idInArchive !== undefined && { id: idInArchive }),
    })
    this.#settle(pending)
  }

  #refused(stanza: Element): void {
    const pending = this.#pending.get(stanza.attrs.id ?? '')
    // Whoever else sends errors has seen the id somewhere.
    if (!pending || !isFromReceiver(stanza, pending)) return
    // Nobody of theirs is online: that is no reason not to have typed.
    if (!pending.message.isPersisted && !isGroup(pending.message)) return
    this.#settle(pending, StanzaError.of(stanza))
  }

  /** A message to several people is sent when it is known of each; that some are gone is no failure. */
  #settle(pending: Pending, error?: StanzaError): void {
    pending.copies -= 1
    if (pending.copies > 0) return
    if (pending.place) pending.resolve(pending.place)
    else if (error) pending.reject(refusal(error, pending.message))
  }
}

function unanswered(): IMError {
  return new IMError(
    ErrorCode.RC_MSG_RESP_TIMEOUT,
    'The server did not say that it has the message.',
  )
}

function isFromReceiver({ attrs: { from } }: Element, { receivers }: Pending): boolean {
  return receivers.some((to) => bareAddress(to) === bareAddress(from))
}

function isGroup({ conversationType }: MessageEnvelope): boolean {
  return conversationType === ConversationType.GROUP
}

function refusal(error: StanzaError, message: MessageEnvelope): IMError {
  const { targetId } = message
  if (error.isBlocked) return blockedBy(targetId, error)
  switch (error.condition) {
    case 'forbidden':
      return isGroup(message)
        ? new IMError(ErrorCode.FORBIDDEN_IN_GROUP, error.text, error)
        : new IMError(ErrorCode.FORBIDDEN_IN_PRIVATE, error.text, error)
    case 'not-acceptable':
    case 'item-not-found':
    case 'registration-required':
      if (isGroup(message)) return notInGroup(targetId, error)
      return new IMError(ErrorCode.REJECTED_BY_BLACKLIST, error.text, error)
    case 'service-unavailable':
      if (isGroup(message)) return notInGroup(targetId, error)
      return invalidParameter(`There is no user "${targetId}".`)
    default:
      return errorFrom(error, ErrorCode.RC_MSG_SEND_FAIL)
  }
}
