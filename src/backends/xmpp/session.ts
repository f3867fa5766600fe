/** One client's connection to the server. */
import {
  conversationIdOf,
  conversationKey,
  ConversationType,
  type ConversationId,
} from '../../model/conversation.js'
import type { IMError } from '../../model/errors.js'
import { uuidv7 } from '../../model/identity.js'
import type {
  Acknowledgement,
  BackendSession,
  BackendSink,
  Batch,
  Capability,
  Cursor,
  Files,
  Groups,
  HistoryPage,
  HistoryQuery,
  OutgoingMessage,
  PresenceState,
  ServerConversations,
  PushRegistry,
  ServerSearch,
  Setting,
  SyncedSettings,
} from '../backend.js'
import { placeAt } from './archive-place.js'
import { sourceOf } from './archive-source.js'
import { Belief } from './belief.js'
import { XmppBlockList } from './block-list.js'
import { catchUp, groupChangesIn, lookBack, type CatchUpContext } from './catch-up.js'
import { CompanionConversations } from './companion-conversations.js'
import { CompanionHistory } from './companion-history.js'
import { CompanionPush } from './companion-push.js'
import { CompanionSearch } from './companion-search.js'
import { ConversationArchive } from './conversation-archive.js'
import { advanced, cursorOf, joined, placeOfCursor, type Place } from './cursor.js'
import { Deletions } from './deletions.js'
import { entryName, unwrap, type Delivery } from './deliveries.js'
import { receiptFor } from './delivery-receipts.js'
import { decode } from './envelope.js'
import { XmppFiles } from './files.js'
import { GroupEntries } from './group-entries.js'
import { GroupOwners, withoutClaim } from './group-owners.js'
import { GroupWatch } from './group-watch.js'
import { XmppGroups, type GroupLine } from './groups.js'
import { readHistory } from './history.js'
import type { LastingStream } from './lasting-stream.js'
import { Lately } from './lately.js'
import { completedFrom } from './named-messages.js'
import { NS_ARCHIVE, NS_CARBONS, NS_DISCO_INFO } from './namespaces.js'
import type { XmppRules } from './options.js'
import type { NamedPlace } from './numbered-places.js'
import { OwnNotes } from './own-notes.js'
import { People } from './people.js'
import { XmppPresence } from './presence.js'
import { XmppProfiles } from './profiles.js'
import { allReceived, isNotice, nameOf, receivedFrom, type Received } from './received.js'
import { Sender } from './sender.js'
import { ServerArchives } from './server-archives.js'
import { readFeatures, type ServerFeatures } from './server-features.js'
import { XmppSettings } from './settings.js'
import { largestContent } from './stanza-size.js'
import { unlessLost } from './stanza-error.js'
import { xml, type Element } from './wire.js'

/** Who asks about them (XEP-0013) is not sent them: what was missed is caught up with. */
const NS_OFFLINE_MESSAGES = 'http://jabber.org/protocol/offline'

/** Conversations whose newest part is kept. */
const MOST_ARCHIVES = 50

/** Messages by which those that come twice are known. */
const MOST_KNOWN = 5000

const always: readonly Capability[] = [
  'recall',
  'edit',
  'reactions',
  'expansion',
  'statusMessages',
  'deleteForMe',
  'profiles',
]

export class XmppSession implements BackendSession {
  readonly capabilities: ReadonlySet<Capability>
  readonly settings: SyncedSettings
  readonly profiles: XmppProfiles
  readonly files?: Files
  readonly groups?: Groups
  readonly conversations?: ServerConversations
  readonly blockList?: XmppBlockList
  readonly presence?: XmppPresence
  readonly search?: ServerSearch
  readonly push?: PushRegistry
  readonly userId: string

  readonly #stream: LastingStream
  readonly #sink: BackendSink
  readonly #rules: XmppRules
  readonly #people: People
  readonly #serverArchives: ServerArchives
  readonly #owners: GroupOwners
  readonly #sender: Sender
  readonly #deletions = new Deletions()
  readonly #entries: GroupEntries
  readonly #notes: OwnNotes
  readonly #belief: Belief
  readonly #ownSettings: XmppSettings
  readonly #ownGroups?: XmppGroups
  readonly #watch?: GroupWatch
  readonly #farBack?: CompanionHistory
  readonly #archives = new Map<string, ConversationArchive>()
  readonly #known = new Lately(MOST_KNOWN)
  /** Everything before it was there before this session, and is caught up with. */
  #place: Place
  /** What came while something before it has to be looked into. */
  #waiting: Delivery[] = []
  #isLookingInto = false
  #isOpen = true

  private constructor(
    stream: LastingStream,
    sink: BackendSink,
    rules: XmppRules,
    features: ServerFeatures,
  ) {
    this.userId = stream.userId
    this.#stream = stream
    this.#sink = sink
    this.#rules = rules
    this.#people = new People(stream.jid, stream.userId, features.rooms)
    this.#serverArchives = new ServerArchives(stream, this.#people, features.newest)
    this.#owners = new GroupOwners((groupId) => this.#groupOwner(groupId))
    this.#entries = new GroupEntries(stream, this.#people)
    this.#notes = new OwnNotes(this.#serverArchives, this.#people, (notes) => {
      for (const note of notes) this.#entries.note(note)
      for (const { message } of allReceived(this.#people, notes)) this.#deletions.note(message)
    })
    this.#sender = new Sender({
      stream,
      people: this.#people,
      archives: this.#serverArchives,
      owners: this.#owners,
      limits: {
        ...rules.limits,
        messageSize: Math.min(rules.limits.messageSize, largestContent(stream.largestStanza)),
      },
      acknowledges: features.acknowledges,
      archiveOf: (message) => this.#archiveOf(message),
      arrived: (received) => this.#arrived(received),
    })
    const tellSettings = (settings: Setting[]) => this.#tell({ messages: [], settings })
    this.#ownSettings = new XmppSettings(stream, tellSettings, uuidv7())
    this.settings = this.#ownSettings
    this.profiles = new XmppProfiles(stream, (userId) => this.#people.user(userId))
    if (features.uploads !== undefined) {
      this.files = new XmppFiles(stream, features.uploads, rules.limits.fileSize)
    }
    if (features.rooms !== undefined) {
      const memberLimit = rules.limits.groupMembers
      this.#ownGroups = new XmppGroups({
        wire: stream,
        people: this.#people,
        line: this.#groupLine(),
        memberLimit,
      })
      this.#watch = new GroupWatch({
        wire: stream,
        people: this.#people,
        archives: this.#serverArchives,
        groups: this.#ownGroups,
        entries: this.#entries,
        readEntries: () => this.#notes.read(),
      })
      this.groups = this.#ownGroups
    }
    if (features.hasBlockLists) {
      const tell = (blockList: string[]) => this.#tell({ messages: [], blockList })
      this.blockList = new XmppBlockList(stream, this.#people, tell)
    }
    this.#belief = new Belief({
      userId: this.userId,
      owners: this.#owners,
      entries: this.#entries,
      watch: this.#watch,
      readEntries: () => this.#notes.read(),
      disbelieved: (reason) => this.#isOpen && sink.disbelieved?.(reason),
    })
    if (features.tellsPresence) {
      const tell = (states: PresenceState[]) => this.#isOpen && this.#sink.presence(states)
      this.presence = new XmppPresence(stream, this.#people, tell)
    }
    if (features.companion !== undefined) {
      const context = { wire: stream, people: this.#people, belief: this.#belief }
      const { address, answers } = features.companion
      this.conversations = new CompanionConversations(address, context)
      if (answers.has('history')) this.#farBack = new CompanionHistory(address, context)
      if (answers.has('search')) this.search = new CompanionSearch(address, context)
      if (answers.has('push-key')) this.push = new CompanionPush(stream, address)
    }
    this.capabilities = new Set<Capability>([
      ...always,
      ...(this.conversations ? (['conversations'] as const) : []),
      ...(this.search ? (['search'] as const) : []),
      ...(this.push ? (['push'] as const) : []),
      ...(this.files ? (['files'] as const) : []),
      ...(this.groups ? (['groups'] as const) : []),
      ...(this.blockList ? (['blockList'] as const) : []),
      ...(this.presence ? (['presence'] as const) : []),
      // What is said to some of a group alone is found in no archive elsewhere, and so are receipts.
      ...(this.groups && features.hasSharedPlaces
        ? (['groupReceipts', 'directedMessages'] as const)
        : []),
    ])
    this.#place = { at: placeAt(stream.serverTime()), lately: [], settings: 0 }
    stream.on((stanza) => this.#hear(stanza))
    stream.onEnd = (reason) => this.#end(reason)
  }

  /** Makes a session of a stream that is logged in. */
  static async begin(
    stream: LastingStream,
    sink: BackendSink,
    rules: XmppRules,
  ): Promise<XmppSession> {
    try {
      const waiting = xml('query', { xmlns: NS_DISCO_INFO, node: NS_OFFLINE_MESSAGES })
      const [features] = await Promise.all([
        readFeatures(stream, rules),
        stream.setClock(),
        stream.iq('get', waiting).catch(unlessLost),
      ])
      const session = new XmppSession(stream, sink, rules, features)
      await session.#appear(features)
      return session
    } catch (error) {
      stream.close()
      throw error
    }
  }

  /** From here on messages come. */
  async #appear({ companion }: ServerFeatures): Promise<void> {
    const stream = this.#stream
    stream.send(xml('presence', {}))
    // Nobody who is there is to be pushed to; the server tells it when this session is gone.
    if (companion !== undefined) stream.send(xml('presence', { to: companion.address }))
    // Answered behind the presence: then it has taken effect.
    const copies = stream.iq('set', xml('enable', { xmlns: NS_CARBONS }))
    const asked = [copies, this.blockList?.read()]
    await Promise.all(asked.map((answer) => answer?.catch(unlessLost)))
  }

  serverTime(): number {
    return this.#stream.serverTime()
  }

  async send(message: OutgoingMessage): Promise<Acknowledgement> {
    return this.#sender.send(message)
  }

  async history(query: HistoryQuery): Promise<HistoryPage> {
    const { conversationType, targetId } = query.conversation
    if (conversationType === ConversationType.GROUP) await this.#ownGroups?.assertMember(targetId)
    await this.#notes.read()
    const farBack = this.#farBack
    return readHistory(
      this.#archiveOf(query.conversation),
      query,
      (message) => !this.#deletions.has(message),
      farBack && ((query) => farBack.page(query)),
    )
  }

  async *catchUp(cursor: Cursor | undefined): AsyncGenerator<Batch> {
    const context: CatchUpContext = {
      archives: this.#serverArchives,
      people: this.#people,
      belief: this.#belief,
      enteredAt: (groupId: string) => this.#entries.lastPlace(groupId),
      settings: this.#ownSettings,
      groups: this.#ownGroups,
      blockList: this.blockList,
      watch: this.#watch,
      limit: this.#rules.catchUpLimit,
      completed: (received: Received) => this.#completed(received),
    }
    const told = new Set<string>()
    for await (const batch of catchUp(context, cursor)) {
      for (const gap of batch.gaps ?? []) told.add(conversationKey(gap))
      const place = placeOfCursor(batch.cursor)
      if (place) this.#place = joined(this.#place, place)
      yield batch
    }
    void this.#lookBack(context, told).catch(leaveToTheNext)
  }

  /** On a new device: the list is not kept waiting for it. */
  async #lookBack(context: CatchUpContext, told: Set<string>): Promise<void> {
    const quiet = () => this.#stream.quiet()
    for await (const { unseen, groups, gaps } of lookBack(context, this.#place, told, quiet)) {
      if (!this.#isOpen) return
      const { unseen: _, ...place } = this.#place
      this.#place = { ...place, ...(unseen !== undefined && { unseen }) }
      this.#tell({ messages: [], groups, gaps })
    }
  }

  close(): Promise<void> {
    this.#isOpen = false
    this.#ownSettings.close()
    this.#stream.close()
    return Promise.resolve()
  }

  #end(reason: IMError): void {
    if (!this.#isOpen) return
    this.#isOpen = false
    this.#ownSettings.close()
    this.#sink.closed(reason)
  }

  #archiveOf(conversation: ConversationId): ConversationArchive {
    const key = conversationKey(conversation)
    const known = this.#archives.get(key)
    this.#archives.delete(key)
    const archive = known ?? this.#newArchiveOf(conversationIdOf(conversation))
    this.#archives.set(key, archive)
    if (this.#archives.size > MOST_ARCHIVES) {
      this.#archives.delete(this.#archives.keys().next().value!)
    }
    return archive
  }

  #newArchiveOf(conversation: ConversationId): ConversationArchive {
    const context = {
      archives: this.#serverArchives,
      people: this.#people,
      belief: this.#belief,
    }
    const isOfGroup = conversation.conversationType === ConversationType.GROUP
    const enteredAt = () => (isOfGroup ? this.#entries.lastPlace(conversation.targetId) : '')
    return new ConversationArchive(conversation, sourceOf(context, conversation), enteredAt)
  }

  #hear(stanza: Element): void {
    // Pages of an archive are read by who asked for them.
    if (stanza.getChild('result', NS_ARCHIVE) || this.#sender.hear(stanza)) return
    if (this.presence?.hear(stanza)) return
    this.#waiting.push(...unwrap(this.#people, stanza))
    if (!this.#isLookingInto) void this.#takeIn()
  }

  /** At once, but for what has to be looked into: what comes behind it waits. */
  async #takeIn(): Promise<void> {
    this.#isLookingInto = true
    for (let next = this.#waiting.shift(); next; next = this.#waiting.shift()) {
      const { message } = next
      if (this.#entries.note(next)) continue
      const receipt = receiptFor(this.#people, next)
      if (receipt) this.#stream.send(receipt)
      if (this.#watch?.isInvitation(next)) {
        await this.#follow(this.#watch, next)
        continue
      }
      const { order, id } = next
      const place = order === undefined ? id && (await this.#placeOf(id)) : { order }
      const received = place && receivedFrom(this.#people, { message, ...place })
      if (!received) {
        this.#takeStatus(message)
        continue
      }
      if (received.names) {
        await this.#takeForeign(received)
        continue
      }
      if (this.#belief.isOpen(received)) await this.#takeClaimed(received)
      else this.#arrived(withoutClaim(received))
    }
    this.#isLookingInto = false
  }

  /** Where something stands of which the server tells only an id. */
  async #placeOf(id: string): Promise<NamedPlace | undefined> {
    // Where the line is gone, the next session catches up with it.
    return this.#serverArchives.placeOf(id).catch(() => undefined)
  }

  /** What it is about is looked for; about nothing we know, it is nothing. */
  async #takeForeign(received: Received): Promise<void> {
    const completed = await this.#completed(received).catch(() => undefined)
    if (completed) this.#arrived(completed)
  }

  async #completed(received: Received): Promise<Received | undefined> {
    if (!received.names) return received
    const archive = this.#archiveOf(received.message)
    return completedFrom(archive, this.#stream.serverTime(), received)
  }

  async #takeClaimed(received: Received): Promise<void> {
    // It was sent, whether it is believed or not.
    if (received.message.senderUserId === this.userId) this.#sender.cameBack(received.message)
    const verified = await this.#belief.verified(received).catch(() => undefined)
    if (verified) this.#arrived(verified)
  }

  /** An invitation: what was said in the group since comes before what comes next. */
  async #follow(watch: GroupWatch, invitation: Delivery): Promise<void> {
    const entered = await watch.follow(invitation).catch(() => undefined)
    if (!entered) return
    const { groupId } = entered
    this.#tell({ messages: [], groups: [{ groupId, isMember: true }] })
    for (const received of allReceived(this.#people, entered.deliveries)) {
      if (received.names) await this.#takeForeign(received)
      else await this.#takeClaimed(received)
    }
  }

  #groupLine(): GroupLine {
    return {
      announce: (notice) => this.#sender.announce(notice),
      tell: (notice, userIds) => this.#sender.whisper(notice, userIds),
      lastOf: async (groupId, userId) => {
        const room = this.#people.room(groupId)
        const query = { room, counterpart: this.#people.user(userId), count: 1 }
        const { entries } = await this.#serverArchives.page(query)
        return allReceived(this.#people, entries).at(-1)?.message
      },
      names: (userIds) => this.profiles.names(userIds),
    }
  }

  async #groupOwner(groupId: string): Promise<string | undefined> {
    return this.#ownGroups?.ownerOf(groupId)
  }

  #takeStatus(stanza: Element): void {
    const envelope = decode(this.#people, stanza)?.envelope
    // What should have been kept and was not is in no archive: there is no place for it.
    if (!envelope || envelope.isPersisted || this.#sender.isOwnStatus(envelope)) return
    if (this.#isOpen) this.#sink.status([{ ...envelope, sentTime: Math.floor(this.serverTime()) }])
  }

  #arrived(received: Received): void {
    const { message } = received
    if (message.senderUserId === this.userId) this.#sender.cameBack(message)
    if (!this.#known.add(nameOf(message))) return
    this.#deletions.note(message)
    const groups = groupChangesIn([message], this.userId)
    for (const { groupId, isMember } of groups) this.#groupChanged(groupId, isMember)
    if (message.audience !== 'self') this.#archives.get(conversationKey(message))?.add(received)
    this.#place = advanced(this.#place, [entryName({ ...received, order: message.order })])
    this.#tell({ messages: [message], ...(groups.length > 0 && { groups }) })
    if (isNotice(message)) void this.#ownGroups?.noticed(message).catch(leaveToOthers)
  }

  #groupChanged(groupId: string, isMember: boolean): void {
    this.#owners.forget(groupId)
    this.#ownGroups?.changed(groupId, isMember)
    if (isMember) return
    const conversation = { conversationType: ConversationType.GROUP, targetId: groupId }
    this.#archives.delete(conversationKey(conversation))
  }

  #tell(news: Omit<Batch, 'cursor'>): void {
    if (!this.#isOpen) return
    this.#place = {
      ...this.#place,
      settings: Math.max(this.#place.settings, this.#ownSettings.place),
      blocked: this.blockList?.mark,
    }
    this.#sink.batch({ ...news, cursor: cursorOf(this.#place) })
  }
}

/** The line is gone. The cursor names the place where the next session goes on. */
function leaveToTheNext(): void {}

/** The line is gone. Another of the owner's devices, or the next notice, brings it in order. */
function leaveToOthers(): void {}
