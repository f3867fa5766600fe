/**
 * Groups on the server: rooms (XEP-0045) whose members are their subscribers (MUC/Sub), so that
 * nobody has to enter one to be in it.
 *
 * A room admits members only, and takes a subscriber for a member. So those who are in have no
 * affiliation of their own: whoever ends his subscription is out for good. Only who was invited by
 * somebody else than the owner has one until the owner's client tidies it away, and everyone where
 * the server is too old to take subscribers for members.
 */
import { ErrorCode } from '../../model/errors.js'
import { filledForm } from './data-form.js'
import { inFlight } from './in-flight.js'
import { NODE_GROUP_MESSAGES, NS_DISCO_INFO, NS_GROUP_SUBSCRIPTIONS } from './namespaces.js'
import type { People } from './people.js'
import { errorFrom } from './stanza-error.js'
import { xml, type Element, type Wire } from './wire.js'
import { asXmlText } from './xml.js'

const NS_OWNER = 'http://jabber.org/protocol/muc#owner'
const NS_ADMIN = 'http://jabber.org/protocol/muc#admin'
const NS_USER = 'http://jabber.org/protocol/muc#user'
const NS_MODERATION = 'urn:xmpp:message-moderate:0'
const FORM_CONFIG = 'http://jabber.org/protocol/muc#roomconfig'

/** Users named in one stanza: their addresses have to fit into what a server takes at once. */
const NAMED_AT_ONCE = 200

export type Affiliation = 'owner' | 'admin' | 'member' | 'none'

export class Rooms {
  constructor(
    private readonly wire: Wire,
    private readonly people: People,
  ) {}

  /** A room nobody else has entered, with the user as its owner. */
  async create(groupId: string, name: string): Promise<void> {
    await this.subscribe(groupId)
    await this.#ask(
      'set',
      groupId,
      xml(
        'query',
        { xmlns: NS_OWNER },
        filledForm(FORM_CONFIG, {
          'muc#roomconfig_roomname': asXmlText(name),
          'muc#roomconfig_persistentroom': '1',
          'muc#roomconfig_membersonly': '1',
          'muc#roomconfig_publicroom': '0',
          'muc#roomconfig_whois': 'anyone',
          'muc#roomconfig_allowinvites': '1',
          'muc#roomconfig_changesubject': '0',
          allow_subscription: '1',
          mam: '1',
        }),
      ),
    )
  }

  async rename(groupId: string, name: string): Promise<void> {
    const form = filledForm(FORM_CONFIG, { 'muc#roomconfig_roomname': asXmlText(name) })
    await this.#ask('set', groupId, xml('query', { xmlns: NS_OWNER }, form))
  }

  async nameOf(groupId: string): Promise<string> {
    const identities = (await this.#info(groupId))?.getChildren('identity') ?? []
    return identities.find(({ attrs }) => attrs.name)?.attrs.name ?? groupId
  }

  /**
   * Whether a room takes its subscribers for members, as ejabberd does since 23.10. It does not say
   * so; that it knows of moderation, which came shortly before, is taken for a sign.
   */
  async holdsSubscribersForMembers(groupId: string): Promise<boolean> {
    const features = (await this.#info(groupId))?.getChildren('feature') ?? []
    return features.some(({ attrs }) => attrs.var === NS_MODERATION)
  }

  /** Ends the room for all. */
  async destroy(groupId: string): Promise<void> {
    await this.#ask('set', groupId, xml('query', { xmlns: NS_OWNER }, xml('destroy')))
  }

  /** The user's own subscription, or another's: that is for owners. */
  async subscribe(groupId: string, userId = this.people.userId): Promise<void> {
    const attrs = {
      xmlns: NS_GROUP_SUBSCRIPTIONS,
      nick: this.people.nickname(userId),
      ...this.#jid(userId),
    }
    await this.#ask(
      'set',
      groupId,
      xml('subscribe', attrs, xml('event', { node: NODE_GROUP_MESSAGES })),
    )
  }

  /** As `subscribe`. Who was not subscribed stays so. */
  async unsubscribe(groupId: string, userId = this.people.userId): Promise<void> {
    const attrs = { xmlns: NS_GROUP_SUBSCRIPTIONS, ...this.#jid(userId) }
    await this.#ask('set', groupId, xml('unsubscribe', attrs))
  }

  /** Lets users in who were not invited: for owners. */
  async admit(groupId: string, userIds: readonly string[]): Promise<void> {
    await this.affiliate(groupId, userIds, 'member')
    await inFlight(userIds, (userId) => this.subscribe(groupId, userId))
    if (await this.holdsSubscribersForMembers(groupId)) {
      await this.affiliate(groupId, userIds, 'none')
    }
  }

  /** Puts users out: for owners. */
  async expel(groupId: string, userIds: readonly string[]): Promise<void> {
    await this.affiliate(groupId, userIds, 'none')
    await inFlight(userIds, (userId) => this.unsubscribe(groupId, userId))
  }

  async affiliate(
    groupId: string,
    userIds: readonly string[],
    affiliation: Affiliation,
  ): Promise<void> {
    for (let start = 0; start < userIds.length; start += NAMED_AT_ONCE) {
      const items = userIds
        .slice(start, start + NAMED_AT_ONCE)
        .map((userId) => xml('item', { affiliation, jid: this.people.user(userId) }))
      await this.#ask('set', groupId, xml('query', { xmlns: NS_ADMIN }, ...items))
    }
  }

  /** Invites in the user's name, which any member may. The room lets in those it has invited. */
  invite(groupId: string, userIds: readonly string[]): void {
    for (let start = 0; start < userIds.length; start += NAMED_AT_ONCE) {
      const invitations = userIds
        .slice(start, start + NAMED_AT_ONCE)
        .map((userId) => xml('invite', { to: this.people.user(userId) }))
      const to = this.people.room(groupId)
      this.wire.send(xml('message', { to }, xml('x', { xmlns: NS_USER }, ...invitations)))
    }
  }

  /** Those in the room. @throws StanzaError when the user is none of them */
  async subscribers(groupId: string): Promise<string[]> {
    const question = xml('subscriptions', { xmlns: NS_GROUP_SUBSCRIPTIONS })
    const answer = await this.#ask('get', groupId, question)
    return subscriptionsIn(answer).flatMap((jid) => this.people.userOf(jid) ?? [])
  }

  /** @throws StanzaError when the user is not in the room */
  async affiliated(groupId: string, affiliation: Affiliation): Promise<string[]> {
    const question = xml('query', { xmlns: NS_ADMIN }, xml('item', { affiliation }))
    const answer = await this.#ask('get', groupId, question)
    const items = answer.getChild('query', NS_ADMIN)?.getChildren('item') ?? []
    return items.flatMap(({ attrs }) => this.people.userOf(attrs.jid) ?? [])
  }

  /** The groups of the rooms the user subscribes to. */
  async mine(): Promise<string[]> {
    const question = xml('subscriptions', { xmlns: NS_GROUP_SUBSCRIPTIONS })
    try {
      const answer = await this.wire.iq('get', question, this.people.rooms)
      return subscriptionsIn(answer).flatMap((jid) => this.people.groupOf(jid) ?? [])
    } catch (error) {
      throw errorFrom(error, ErrorCode.GROUP_SYNC_ERROR)
    }
  }

  /** The group somebody invites to with a message, of which the room says that it is so. */
  invitationIn(message: Element): { groupId: string; inviterId: string } | undefined {
    const groupId = this.people.groupOf(message.attrs.from)
    if (groupId === undefined || message.attrs.from !== this.people.room(groupId)) return undefined
    const invite = message.getChild('x', NS_USER)?.getChild('invite')
    const inviterId = this.people.userOf(invite?.attrs.from)
    return inviterId === undefined ? undefined : { groupId, inviterId }
  }

  async #info(groupId: string): Promise<Element | undefined> {
    const answer = await this.#ask('get', groupId, xml('query', { xmlns: NS_DISCO_INFO }))
    return answer.getChild('query', NS_DISCO_INFO)
  }

  #ask(type: 'get' | 'set', groupId: string, question: Element): Promise<Element> {
    return this.wire.iq(type, question, this.people.room(groupId))
  }

  #jid(userId: string): { jid?: string } {
    return userId === this.people.userId ? {} : { jid: this.people.user(userId) }
  }
}

function subscriptionsIn(answer: Element): (string | undefined)[] {
  const list =
    answer.getChild('subscriptions', NS_GROUP_SUBSCRIPTIONS)?.getChildren('subscription') ?? []
  const isForMessages = (subscription: Element) =>
    subscription.getChildren('event').some(({ attrs }) => attrs.node === NODE_GROUP_MESSAGES)
  return list.filter(isForMessages).map(({ attrs }) => attrs.jid)
}
