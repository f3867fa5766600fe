/** The far side of `Wire`: questions go to a function of the test, stanzas come when the test says so. */
import { StanzaError, type Element, type Wire, xml } from '../../src/backends/xmpp/wire.js'

export interface Question {
  type: 'get' | 'set'
  child: Element
  to: string | undefined
}

/** Children of the result; a `StanzaError` refuses. */
export type Answer = (question: Question) => Element | undefined | Promise<Element | undefined>

export class FakeWire implements Wire {
  readonly jid: string
  readonly domain = 'example.org'
  /** What was sent without being asked for an answer. */
  readonly sent: Element[] = []
  readonly questions: Question[] = []
  /** Unix milliseconds */
  now = 1_800_000_000_000
  #pushes = new Map<string, (push: Element) => void>()
  #listeners = new Set<(stanza: Element) => void>()

  constructor(
    readonly userId: string,
    private readonly answer: Answer,
    resource = 'here',
  ) {
    this.jid = `${userId}@${this.domain}/${resource}`
  }

  async iq(type: 'get' | 'set', child: Element, to?: string): Promise<Element> {
    const question = { type, child, to }
    this.questions.push(question)
    const answer = await this.answer(question)
    return xml('iq', { type: 'result' }, answer)
  }

  send(stanza: Element): void {
    this.sent.push(stanza)
  }

  on(listener: (stanza: Element) => void): () => void {
    this.#listeners.add(listener)
    return () => void this.#listeners.delete(listener)
  }

  onPush(namespace: string, take: (push: Element) => void): void {
    this.#pushes.set(namespace, take)
  }

  serverTime(): number {
    return this.now
  }

  push(element: Element): void {
    this.#pushes.get(element.getNS() ?? '')?.(element)
  }

  deliver(stanza: Element): void {
    for (const listener of [...this.#listeners]) listener(stanza)
  }

  get hasListeners(): boolean {
    return this.#listeners.size > 0
  }
}

export function refusal(condition: string, text = ''): StanzaError {
  return new StanzaError(condition, text, 'cancel')
}
