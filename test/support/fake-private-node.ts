/** The far side of `PrivateNode`: one user's nodes on a server, and the sessions that are told of changes. */
import { xml, type Element } from '../../src/backends/xmpp/wire.js'
import { FakeWire, refusal, type Question } from './fake-wire.js'

const NS_PUBSUB = 'http://jabber.org/protocol/pubsub'
const NS_EVENT = 'http://jabber.org/protocol/pubsub#event'
const NS_RESULT_SET = 'http://jabber.org/protocol/rsm'

export class FakePrivateNode {
  /** Entries by id, in the order in which they first came; none: the node is not there. */
  entries: Map<string, Element> | undefined
  /** How the node was made. */
  configuration: Element | undefined
  isSubscribed = false
  /** Called instead of telling the sessions at once. */
  hold: ((tell: () => void) => void) | undefined
  #wires: FakeWire[] = []

  constructor(private readonly userId: string) {}

  /** Another session of the user. */
  session(resource: string): FakeWire {
    const wire = new FakeWire(this.userId, (question) => this.#answer(question), resource)
    this.#wires.push(wire)
    return wire
  }

  #answer({ child }: Question): Element | undefined {
    const [call] = child.getChildElements()
    switch (call?.name) {
      case 'subscribe':
        if (!this.entries) throw refusal('item-not-found')
        this.isSubscribed = true
        return undefined
      case 'create':
        if (this.entries) throw refusal('conflict')
        this.entries = new Map()
        this.configuration = child.getChild('configure')
        return undefined
      case 'publish':
        this.#publish(call.attrs.node!, call.getChild('item')!)
        return undefined
      case 'items':
        return this.#items(call, child.getChild('set', NS_RESULT_SET))
      default:
        throw refusal('feature-not-implemented')
    }
  }

  #publish(node: string, item: Element): void {
    if (!this.entries) throw refusal('item-not-found')
    this.entries.set(item.attrs.id!, item)
    const tell = () => {
      if (!this.isSubscribed) return
      for (const wire of this.#wires)
        wire.deliver(nodeEvent(`${this.userId}@example.org`, node, item))
    }
    if (this.hold) this.hold(tell)
    else tell()
  }

  #items(call: Element, page: Element | undefined): Element {
    const wanted = call.getChild('item')?.attrs.id
    const all = [...(this.entries ?? [])].filter(([id]) => wanted === undefined || id === wanted)
    const count = Number(page?.getChildText('max') ?? Infinity)
    const after = Number(page?.getChildText('after') ?? -1)
    const items = all.slice(after + 1, after + 1 + count).map(([, item]) => item)
    const set =
      page && items.length > 0
        ? xml('set', { xmlns: NS_RESULT_SET }, xml('last', {}, after + items.length))
        : undefined
    return xml('pubsub', { xmlns: NS_PUBSUB }, xml('items', call.attrs, ...items), set)
  }
}

/** What a server says when an entry was written. */
export function nodeEvent(from: string, node: string, item: Element): Element {
  const items = xml('items', { node }, item)
  return xml('message', { from }, xml('event', { xmlns: NS_EVENT }, items))
}
