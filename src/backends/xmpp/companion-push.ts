/** Tells the companion which browsers it is to reach while their user is away. */
import { ErrorCode, invalidParameter } from '../../model/errors.js'
import type { PushAddress, PushRegistry } from '../backend.js'
import { NS_COMPANION, NS_PUSH } from './namespaces.js'
import { errorFrom } from './stanza-error.js'
import { StanzaError, xml, type Element, type Wire } from './wire.js'

/** What the companion says of an address that it would push nothing to. */
const refused = ['not-acceptable', 'bad-request']

export class CompanionPush implements PushRegistry {
  /** @param address of the companion */
  constructor(
    private readonly wire: Wire,
    private readonly address: string,
  ) {}

  async key(): Promise<string> {
    return (await this.#ask('get', 'push-key', {})).getText()
  }

  /** The companion gives it a name, by which the server tells it of what came (XEP-0357). */
  async subscribe({ endpoint, p256dh, auth }: PushAddress): Promise<void> {
    const { node } = (await this.#ask('set', 'push-subscribe', { endpoint, p256dh, auth })).attrs
    try {
      await this.wire.iq('set', xml('enable', { xmlns: NS_PUSH, jid: this.address, node }))
    } catch (error) {
      throw errorFrom(error, ErrorCode.SERVER_UNAVAILABLE)
    }
  }

  /** The server itself forgets it when the companion no longer knows that name. */
  async unsubscribe(endpoint: string): Promise<void> {
    await this.#ask('set', 'push-unsubscribe', { endpoint })
  }

  async #ask(
    type: 'get' | 'set',
    name: string,
    attributes: Record<string, string>,
  ): Promise<Element> {
    try {
      const request = xml(name, { xmlns: NS_COMPANION, ...attributes })
      const answer = await this.wire.iq(type, request, this.address)
      const content = answer.getChild(name, NS_COMPANION)
      if (content) return content
      throw new Error(`The companion answered "${name}" with something else.`)
    } catch (error) {
      if (error instanceof StanzaError && refused.includes(error.condition)) {
        throw invalidParameter(
          `The server pushes nothing to "${attributes.endpoint}": see COMPANION_PUSH_ORIGINS of its companion.`,
        )
      }
      throw errorFrom(error, ErrorCode.SERVER_UNAVAILABLE)
    }
  }
}
