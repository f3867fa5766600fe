/**
 * A node of the user's own (XEP-0060, XEP-0163): entries by name that nobody else can read, kept by
 * the server and told to all the user's sessions.
 *
 * The user is subscribed by address instead of by what his client announces (XEP-0115): so no session
 * depends on its presence being understood first.
 */
import { filledForm } from './data-form.js'
import { bareAddress } from './addresses.js'
import { StanzaError, xml, type Element, type Wire } from './wire.js'

const NS_PUBSUB = 'http://jabber.org/protocol/pubsub'
const NS_EVENT = 'http://jabber.org/protocol/pubsub#event'
const NS_RESULT_SET = 'http://jabber.org/protocol/rsm'

/** Entries asked for at once. A stanza of some thousand short ones stays below a megabyte. */
const PAGE_SIZE = 500

/** Only its owner reads it, everything is kept, and nothing comes unless it changes. */
const options = {
  'pubsub#access_model': 'whitelist',
  'pubsub#persist_items': 'true',
  'pubsub#max_items': 'max',
  'pubsub#send_last_published_item': 'never',
}

export interface NodeEntry {
  id: string
  payload: Element
}

export class PrivateNode {
  #opening: Promise<void> | undefined
  #stopListening: () => void

  /** @param changed called for each entry that any of the user's sessions has written, this one too */
  constructor(
    private readonly wire: Wire,
    private readonly name: string,
    changed: (entry: NodeEntry) => void,
  ) {
    this.#stopListening = wire.on((stanza) => {
      for (const entry of this.#told(stanza)) changed(entry)
    })
  }

  /** Sees to it that there is the node and that changes are told. */
  open(): Promise<void> {
    this.#opening ??= this.#open()
    this.#opening.catch(() => (this.#opening = undefined))
    return this.#opening
  }

  close(): void {
    this.#stopListening()
  }

  async write(id: string, payload: Element): Promise<void> {
    await this.open()
    await this.wire.iq(
      'set',
      pubsub(
        xml('publish', { node: this.name }, xml('item', { id }, payload)),
        // Refused rather than written where others could read it.
        xml(
          'publish-options',
          {},
          filledForm(`${NS_PUBSUB}#publish-options`, {
            'pubsub#access_model': options['pubsub#access_model'],
          }),
        ),
      ),
    )
  }

  async read(id: string): Promise<Element | undefined> {
    await this.open()
    const [entry] = entriesOf(await this.#items(xml('item', { id }))).filter((it) => it.id === id)
    return entry?.payload
  }

  /** All entries, those that are there longest first. */
  async readAll(): Promise<NodeEntry[]> {
    await this.open()
    const all: NodeEntry[] = []
    let after: string | undefined
    do {
      const place = after === undefined ? undefined : xml('after', {}, after)
      const page = xml('set', { xmlns: NS_RESULT_SET }, xml('max', {}, PAGE_SIZE), place)
      const answer = await this.#items(undefined, page)
      const entries = entriesOf(answer)
      all.push(...entries)
      const last = answer?.getChild('set', NS_RESULT_SET)?.getChildText('last') ?? undefined
      after = entries.length < PAGE_SIZE ? undefined : last
    } while (after !== undefined)
    return all
  }

  async #items(item?: Element, page?: Element): Promise<Element | undefined> {
    const result = await this.wire.iq('get', pubsub(xml('items', { node: this.name }, item), page))
    return result.getChild('pubsub', NS_PUBSUB)
  }

  async #open(): Promise<void> {
    if (await this.#subscribe()) return
    try {
      await this.#create()
    } catch (error) {
      // Another of the user's sessions may make it at the same moment.
      if (!(error instanceof StanzaError) || !(await this.#subscribe())) throw error
      return
    }
    await this.#subscribe()
  }

  async #create(): Promise<void> {
    const form = filledForm(`${NS_PUBSUB}#node_config`, options)
    await this.wire.iq(
      'set',
      pubsub(xml('create', { node: this.name }), xml('configure', {}, form)),
    )
  }

  /** Whether there is the node. Being subscribed already changes nothing. */
  async #subscribe(): Promise<boolean> {
    const jid = bareAddress(this.wire.jid)
    try {
      await this.wire.iq('set', pubsub(xml('subscribe', { node: this.name, jid })))
      return true
    } catch (error) {
      if (error instanceof StanzaError && error.condition === 'item-not-found') return false
      throw error
    }
  }

  #told(stanza: Element): NodeEntry[] {
    if (!stanza.is('message')) return []
    // A server vouches for the sender of everything else, and speaks for the user without a name.
    if (bareAddress(stanza.attrs.from ?? this.wire.jid) !== bareAddress(this.wire.jid)) return []
    const event = stanza.getChild('event', NS_EVENT)
    return event?.getChild('items')?.attrs.node === this.name ? entriesOf(event) : []
  }
}

function pubsub(...children: (Element | undefined)[]): Element {
  return xml('pubsub', { xmlns: NS_PUBSUB }, ...children)
}

function entriesOf(parent: Element | undefined): NodeEntry[] {
  const items = parent?.getChild('items')?.getChildren('item') ?? []
  return items.flatMap((item) => {
    const [payload] = item.getChildElements()
    return payload && item.attrs.id !== undefined ? [{ id: item.attrs.id, payload }] : []
  })
}
