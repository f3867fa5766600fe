// Users who speak XMPP with the real server, as far as the tests need it.

import { randomUUID } from 'node:crypto'
import { client, xml } from '@xmpp/client'
import WebSocket from 'ws'
import { nameOfId } from '../../dist/addresses.js'
import { namespace } from '../../dist/request.js'
import { tokenFor } from '../../dist/tokens.js'
import { running } from './running.js'

// @xmpp/websocket takes the global one, which Node 20 does not have.
Object.assign(globalThis, { WebSocket })

export { xml }

const pubsub = 'http://jabber.org/protocol/pubsub'

/** Milliseconds for an answer. */
const patience = 10_000

/** @type {Person[]} */
const connected = []

/** For `after()`: nobody stays connected. */
export async function disconnectAll() {
  await Promise.all(connected.splice(0).map((person) => person.disconnect()))
}

/** An id nobody else has. */
export function newId(/** @type {string} */ name) {
  return `${name}-${randomUUID().slice(0, 8)}`
}

/**
 * @template {string[]} Names
 * @param {Names} names
 * @returns {Promise<{ [Key in keyof Names]: Person }>}
 */
export async function connectNew(...names) {
  const people = await Promise.all(names.map((name) => connect(newId(name))))
  return /** @type {{ [Key in keyof Names]: Person }} */ (people)
}

export async function connect(/** @type {string} */ id) {
  const person = new Person(id)
  connected.push(person)
  await person.connect()
  return person
}

/** @typedef {import('@xmpp/component').Element} Element */

export class Person {
  constructor(/** @type {string} */ id) {
    this.id = id
    this.name = nameOfId(id)
    this.isOnline = false
    this.address = `${this.name}@${running.domain}`
    /** @type {Element[]} */
    this.came = []
    /** @type {Set<() => void>} */
    this.waiting = new Set()
    this.client = client({
      service: running.url,
      domain: running.domain,
      username: this.name,
      password: tokenFor(this.address, running.key, Date.now(), 600),
      resource: randomUUID().slice(0, 8),
    })
    // The package now and then counts one stanza too many, and the server ends the stream for it
    // (XEP-0198). Without resuming nobody counts.
    this.client.prependListener('element', (/** @type {Element} */ element) => {
      const managed = element.getChild('sm', 'urn:xmpp:sm:3')
      if (managed) element.remove(managed)
    })
    this.client.reconnect.stop()
    this.client.on('error', () => {})
    this.client.on('stanza', (/** @type {Element} */ stanza) => {
      this.came.push(stanza)
      for (const look of this.waiting) look()
    })
  }

  /** Also after `disconnect()`. */
  async connect() {
    this.session = String(await this.client.start())
    await this.client.send(xml('presence'))
    this.isOnline = true
  }

  async disconnect() {
    this.isOnline = false
    await this.client.stop()
  }

  /**
   * The first stanza, of those that came or are to come, that is like this.
   *
   * @param {(stanza: Element) => unknown} isIt
   * @returns {Promise<Element>}
   */
  receives(isIt) {
    return new Promise((resolve, reject) => {
      const timer = setTimeout(() => done(new Error(`${this.id} did not receive it.`)), patience)
      const done = (/** @type {Error | Element} */ result) => {
        this.waiting.delete(look)
        clearTimeout(timer)
        if (result instanceof Error) reject(result)
        else resolve(result)
      }
      const look = () => {
        const index = this.came.findIndex(isIt)
        if (index >= 0) done(/** @type {Element} */ (this.came.splice(index, 1)[0]))
      }
      this.waiting.add(look)
      look()
    })
  }

  /**
   * @param {'get' | 'set'} type
   * @param {string | undefined} to
   * @param {Element} child
   * @returns {Promise<Element>}
   */
  iq(type, to, child) {
    return this.client.iqCaller.request(xml('iq', { type, ...(to && { to }) }, child), patience)
  }

  /**
   * Asks the companion.
   *
   * @param {'get' | 'set'} type
   * @param {string} request
   * @param {Record<string, string>} [attributes]
   * @param {(Element | string)[]} children
   * @returns {Promise<Element>} the answer's element
   */
  async ask(type, request, attributes = {}, ...children) {
    const element = xml(request, { xmlns: namespace, ...attributes }, ...children)
    const answer = await this.iq(type, running.companion, element)
    return /** @type {Element} */ (answer.getChildElements()[0])
  }

  /**
   * The condition with which the companion refuses; undefined if it does not.
   *
   * @param {Parameters<Person['ask']>} request
   * @returns {Promise<string | undefined>}
   */
  async refusal(...request) {
    try {
      await this.ask(...request)
      return undefined
    } catch (error) {
      return /** @type {{ condition: string }} */ (error).condition
    }
  }

  /**
   * Sends a message of imkit, and waits until it is in the archive.
   *
   * @param {string} to a user's or a room's address
   * @param {string} messageType
   * @param {Record<string, unknown>} content
   * @param {Record<string, unknown>} [more] of the envelope
   */
  async sends(to, messageType, content, more = {}) {
    const id = await this.#transmits(to, messageType, content, more)
    const receiver = connected.find((it) => it.address === to)
    const server = to.endsWith(`@${running.domain}`) ? running.domain : to
    if (receiver?.isOnline) await receiver.receives((it) => it.attrs.id === id)
    // Rooms and the server take what comes in order: with their answer the message is archived.
    else
      await this.iq('get', server, xml('query', { xmlns: 'http://jabber.org/protocol/disco#info' }))
    return id
  }

  /**
   * @param {string} to
   * @param {string} messageType
   * @param {Record<string, unknown>} content
   * @param {Record<string, unknown>} more of the envelope
   * @param {Element[]} children
   */
  async #transmits(to, messageType, content, more, ...children) {
    const id = String(more.messageUId ?? randomUUID())
    const envelope = {
      messageUId: id,
      messageType,
      content,
      isCounted: true,
      isPersisted: true,
      ...more,
    }
    await this.client.send(
      xml(
        'message',
        { to, id, type: to.endsWith(`@${running.rooms}`) ? 'groupchat' : 'chat' },
        xml('json', { xmlns: 'urn:xmpp:json:0' }, JSON.stringify({ imkit: envelope })),
        xml('store', { xmlns: 'urn:xmpp:hints' }),
        ...(typeof content.content === 'string' ? [xml('body', {}, content.content)] : []),
        ...children,
      ),
    )
    return id
  }

  /**
   * @param {string} to
   * @param {string} text
   * @param {Record<string, unknown>} [more]
   */
  says(to, text, more) {
    return this.sends(to, 'RC:TxtMsg', { content: text }, more)
  }

  /**
   * Says something as programs do that know nothing of imkit.
   *
   * @param {string} to
   * @param {string} text
   * @param {Element[]} children
   */
  async saysPlainly(to, text, ...children) {
    const id = randomUUID()
    const said = xml('message', { to, id, type: 'chat' }, xml('body', {}, text), ...children)
    await this.client.send(said)
    const receiver = connected.find((it) => it.address === to)
    await receiver?.receives((it) => it.attrs.id === id)
    return id
  }

  /**
   * Takes a message back, also out of the archives.
   *
   * @param {string} to
   * @param {string} messageUId
   * @param {number} place
   */
  async recalls(to, messageUId, place) {
    const remains = { order: String(place), sentTime: 1, messageType: 'RC:TxtMsg' }
    const content = { messageUId, senderUserId: this.id }
    const retract = { xmlns: 'urn:xmpp:message-retract:1', id: messageUId }
    await this.#transmits(to, 'RC:RcCmd', content, { remains }, xml('retract', retract))
  }

  /**
   * Says something in a group to one member alone.
   *
   * @param {string} room
   * @param {Person} member
   * @param {string} text
   */
  async saysTo(room, member, text) {
    const directed = { directedUserIds: [member.id] }
    await this.#transmits(`${room}/${member.name}`, 'RC:TxtMsg', { content: text }, directed)
    await member.receives((it) => it.getChildText('body') === text)
  }

  /**
   * Tells the own devices what was removed of a conversation.
   *
   * @param {string} conversation its type and id
   * @param {Record<string, unknown>} content
   */
  async notes(conversation, content) {
    const [type, ...id] = conversation.split('/')
    const note = { conversationType: Number(type), targetId: id.join('/') }
    const to = `${this.address}/imkit-own-devices`
    await this.#transmits(to, 'IK:DelMsg', content, { audience: 'self', note })
    await this.iq('get', running.domain, xml('ping', { xmlns: 'urn:xmpp:ping' }))
  }

  /**
   * Sets one of the own settings.
   *
   * @param {string} key
   * @param {unknown} value
   */
  async sets(key, value) {
    await this.iq(
      'set',
      undefined,
      xml(
        'pubsub',
        { xmlns: pubsub },
        xml(
          'publish',
          { node: 'urn:imkit:settings:0' },
          xml(
            'item',
            { id: JSON.stringify(key) },
            xml(
              'setting',
              { xmlns: 'urn:imkit:0', version: '1', by: 'test' },
              JSON.stringify(value),
            ),
          ),
        ),
        xml(
          'publish-options',
          {},
          form(`${pubsub}#publish-options`, {
            'pubsub#access_model': 'whitelist',
            'pubsub#max_items': '10000',
          }),
        ),
      ),
    )
  }

  /** @param {string} room @param {string} nick */
  async enters(room, nick = this.name) {
    await this.client.send(
      xml(
        'presence',
        { to: `${room}/${nick}` },
        xml('x', { xmlns: 'http://jabber.org/protocol/muc' }),
      ),
    )
    await this.receives((it) => it.is('presence') && it.toString().includes('code="110"'))
  }

  /**
   * Makes a group for members only, and takes others in: as imkit does, its subscribers are its
   * members and have no affiliation besides.
   *
   * @param {Person[]} members
   */
  async createsGroup(...members) {
    const room = `${newId('group')}@${running.rooms}`
    await this.enters(room)
    await this.configures(room, {
      'muc#roomconfig_persistentroom': '1',
      'muc#roomconfig_membersonly': '1',
    })
    await this.subscribes(room)
    for (const member of members) {
      await this.gives(room, member, 'member')
      await member.subscribes(room)
      await this.gives(room, member, 'none')
    }
    return room
  }

  /** @param {string} room @param {Person} member */
  putsOut(room, member) {
    const attributes = { xmlns: 'urn:xmpp:mucsub:0', jid: member.address }
    return this.iq('set', room, xml('unsubscribe', attributes))
  }

  /** @param {string} room @param {Record<string, string>} changes */
  configures(room, changes) {
    const all = { mam: '1', allow_subscription: '1', ...changes }
    const options = form('http://jabber.org/protocol/muc#roomconfig', all)
    const query = xml('query', { xmlns: 'http://jabber.org/protocol/muc#owner' }, options)
    return this.iq('set', room, query)
  }

  /** @param {string} room @param {Person} member @param {string} affiliation */
  gives(room, member, affiliation) {
    const item = xml('item', { jid: member.address, affiliation })
    return this.iq(
      'set',
      room,
      xml('query', { xmlns: 'http://jabber.org/protocol/muc#admin' }, item),
    )
  }

  /** @param {string} room */
  subscribes(room) {
    const event = xml('event', { node: 'urn:xmpp:mucsub:nodes:messages' })
    return this.iq(
      'set',
      room,
      xml('subscribe', { xmlns: 'urn:xmpp:mucsub:0', nick: this.name }, event),
    )
  }
}

/** @param {string} type @param {Record<string, string>} fields */
function form(type, fields) {
  return xml(
    'x',
    { xmlns: 'jabber:x:data', type: 'submit' },
    ...Object.entries({ FORM_TYPE: type, ...fields }).map(([name, value]) =>
      xml('field', { var: name }, xml('value', {}, value)),
    ),
  )
}

/** The message inside a `<result>`. */
export function messageOf(/** @type {Element | undefined} */ result) {
  const message = result?.getChild('forwarded')?.getChild('message')
  return {
    id: message?.attrs.id,
    place: Number(result?.attrs.id),
    from: message?.attrs.from,
    body: message?.getChildText('body') ?? undefined,
    content: contentIn(message?.getChildText('json')),
  }
}

/** Undefined for what is none. */
function contentIn(/** @type {string | null | undefined} */ json) {
  try {
    return JSON.parse(json ?? 'null')?.imkit?.content
  } catch {
    return undefined
  }
}

/** Messages of all results in an element. */
export function messagesOf(/** @type {Element | undefined} */ element) {
  return (element?.getChildren('result') ?? []).map(messageOf)
}
