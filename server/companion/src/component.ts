/** The connection to ejabberd (XEP-0114), and the way from a stanza to who answers it. */
import { component, xml, type Component, type Element, type StanzaContext } from '@xmpp/component'
import { parseAddress, userOf, type User } from './addresses.js'
import type { Configuration } from './configuration.js'
import { isTimeout } from './database.js'
import type { Log } from './log.js'
import { RateLimit } from './rate-limit.js'
import { namespace, Refusal, Request } from './request.js'

export type Answer = (request: Request) => Promise<Element>

export interface Answers {
  get: Readonly<Record<string, Answer>>
  set: Readonly<Record<string, Answer>>
}

const stanzaErrors = 'urn:ietf:params:xml:ns:xmpp-stanzas'

/** Types of error conditions as RFC 6120 has them, and what a client may make of them. */
const errorTypes: Readonly<Record<string, string>> = {
  forbidden: 'auth',
  'bad-request': 'modify',
  'not-acceptable': 'modify',
  'resource-constraint': 'wait',
  'policy-violation': 'wait',
}

export class ServerConnection {
  readonly #component: Component
  readonly #rate: RateLimit
  #isOnline = false

  constructor(
    readonly configuration: Pick<Configuration, 'service' | 'domain' | 'secret' | 'host' | 'rate'>,
    readonly log: Log,
  ) {
    const { service, domain, secret } = configuration
    this.#component = component({ service, domain, password: secret })
    this.#rate = new RateLimit(configuration.rate)
    this.#component.on('error', (error: unknown) =>
      log('connection error', { error: String(error) }),
    )
    this.#component.on('online', () => {
      this.#isOnline = true
      log('online', { domain })
    })
    this.#component.on('disconnect', () => {
      if (this.#isOnline) log('offline')
      this.#isOnline = false
    })
  }

  get isOnline(): boolean {
    return this.#isOnline
  }

  /** Answers these, and says so when asked what there is (XEP-0030). */
  serve(answers: Answers): void {
    const kinds = [...Object.keys(answers.get), ...Object.keys(answers.set)]
    const features = [...new Set(kinds)].map((kind) => `${namespace}#${kind}`)
    this.#component.middleware.use(async (context, next) => {
      const { element, type } = context
      if (context.name !== 'iq' || !element) return next()
      if (type === 'get' && element.is('query', 'http://jabber.org/protocol/disco#info')) {
        return discoInfo([namespace, ...features])
      }
      if (element.getNS() !== namespace) return next()
      const answer = type === 'get' ? answers.get : answers.set
      // A name such as `constructor` is no answer.
      return Object.hasOwn(answer, element.name)
        ? this.#answered(context, answer[element.name]!)
        : next()
    })
  }

  /**
   * Takes the push notifications of ejabberd for its users (XEP-0357). A node that `notify` does not
   * know (false) the server forgets.
   */
  servePush(notify: (node: string) => Promise<boolean>): void {
    this.#component.middleware.use(async (context, next) => {
      const { element, type, stanza } = context
      if (type !== 'set' || !element?.is('pubsub', 'http://jabber.org/protocol/pubsub'))
        return next()
      const node = element.getChild('publish')?.attrs.node
      if (stanza.attrs.from !== this.configuration.host || node === undefined) {
        return errorElement(new Refusal('forbidden', 'Only the server announces messages.'))
      }
      if (await notify(node)) return true
      return errorElement(new Refusal('item-not-found', 'Nobody is pushed to by that node.'))
    })
  }

  onPresence(listener: (from: string, to: string, type: string) => void): void {
    this.#component.middleware.use(async (context, next) => {
      const { name, type, stanza } = context
      const { from = '', to = '' } = stanza.attrs
      if (name !== 'presence' || parseAddress(from)?.domain !== this.configuration.host)
        return next()
      listener(from, to, type)
      return undefined
    })
  }

  async send(stanza: Element): Promise<void> {
    if (this.#isOnline) await this.#component.send(stanza)
  }

  /** @param timeout milliseconds @throws when the answer is an error, or none comes */
  ask(stanza: Element, timeout: number): Promise<Element> {
    return this.#component.iqCaller.request(stanza, timeout)
  }

  /** Goes on trying when the server is not there. @param onOnline each time it is reached */
  async start(onOnline: () => Promise<void>): Promise<void> {
    this.#component.on('online', () => {
      onOnline().catch((error: unknown) => this.log('failed after connecting', { error }))
    })
    await this.#component.start().catch(() => {
      this.log('server not reached yet', { service: this.configuration.service })
    })
  }

  async stop(): Promise<void> {
    this.#component.reconnect.stop()
    await this.#component.stop()
  }

  async #answered(context: StanzaContext, answer: Answer): Promise<Element> {
    const start = performance.now()
    const { from: session = '' } = context.stanza.attrs
    const user = this.#userOf(context)
    const what = { request: context.element.name, user: user?.address ?? session }
    try {
      if (!user) throw new Refusal('forbidden', 'Only users of this server are answered.')
      if (!this.#rate.take(user.address)) {
        throw new Refusal('policy-violation', 'Too many requests: wait a second.')
      }
      const result = await answer(new Request(user, session, context.element))
      this.log('answered', { ...what, ms: Math.round(performance.now() - start) })
      return result
    } catch (error) {
      const refusal = refusalOf(error)
      if (!refusal) throw error
      this.log('refused', { ...what, condition: refusal.condition, reason: refusal.message })
      return errorElement(refusal)
    }
  }

  /** Who asks, as the server has stamped it. Nothing inside the request says who somebody is. */
  #userOf({ stanza }: StanzaContext): User | undefined {
    const from = parseAddress(stanza.attrs.from)
    if (!from?.name || !from.resource || from.domain !== this.configuration.host) return undefined
    return userOf(from.bare)
  }
}

function refusalOf(error: unknown): Refusal | undefined {
  if (error instanceof Refusal) return error
  return isTimeout(error)
    ? new Refusal('resource-constraint', 'The database took too long: ask for less.')
    : undefined
}

function errorElement({ condition, message }: Refusal): Element {
  return xml(
    'error',
    { type: errorTypes[condition] ?? 'cancel' },
    xml(condition, { xmlns: stanzaErrors }),
    message && xml('text', { xmlns: stanzaErrors }, message),
  )
}

function discoInfo(features: readonly string[]): Element {
  return xml(
    'query',
    { xmlns: 'http://jabber.org/protocol/disco#info' },
    xml('identity', { category: 'component', type: 'generic', name: 'imkit companion' }),
    xml('feature', { var: 'http://jabber.org/protocol/disco#info' }),
    ...features.map((feature) => xml('feature', { var: feature })),
  )
}
