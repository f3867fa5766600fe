/** What a user asks for, read with distrust: only `user` is known to be true. */
import type { Element } from '@xmpp/component'
import { speakingAddress, type User } from './addresses.js'

export const namespace = 'urn:imkit:companion:0'

/** The answer to a request that is refused (RFC 6120, 8.3.3). */
export class Refusal extends Error {
  constructor(
    readonly condition:
      | 'bad-request'
      | 'forbidden'
      | 'item-not-found'
      | 'not-acceptable'
      | 'policy-violation'
      | 'resource-constraint',
    message: string,
  ) {
    super(message)
  }
}

const badRequest = (message: string) => new Refusal('bad-request', message)

/** Ids as long as the client takes them. */
const maxIdLength = 512

export class Request {
  constructor(
    /** As the server has stamped it. */
    readonly user: User,
    /** The full address of the user's session that asks, stamped too. */
    readonly session: string,
    readonly element: Element,
  ) {}

  /** @throws Refusal bad-request */
  count(usual: number, most: number, name = 'count'): number {
    return this.number(name, 1, most) ?? usual
  }

  /** @throws Refusal bad-request */
  number(name: string, least = 0, most = Number.MAX_SAFE_INTEGER): number | undefined {
    const text = this.element.attrs[name]
    if (text === undefined) return undefined
    const value = /^\d{1,16}$/.test(text) ? Number(text) : NaN
    if (value >= least && value <= most) return value
    throw badRequest(`"${name}" is a whole number from ${least} to ${most}.`)
  }

  /** @throws Refusal bad-request */
  flag(name: string): boolean {
    const text = this.element.attrs[name] ?? 'false'
    if (text === 'true' || text === 'false') return text === 'true'
    throw badRequest(`"${name}" is "true" or "false".`)
  }

  /** @throws Refusal bad-request */
  id(name: string, element: Element = this.element): string {
    const value = element.attrs[name]
    if (value && value.length <= maxIdLength) return value
    throw badRequest(`"${name}" is missing or too long.`)
  }

  /** Of a user, a room or a voice of the server. @throws Refusal bad-request */
  address(name: string, element: Element = this.element): string {
    const address = speakingAddress(element.attrs[name])
    if (address) return address
    throw badRequest(`"${name}" has to be a bare address, or one of a voice of the server.`)
  }

  /** The texts of all children of a name. @throws Refusal bad-request for too many, or an empty one */
  texts(name: string, most: number): string[] {
    return this.children(name, most).map((child) => {
      const text = child.text()
      if (text && text.length <= maxIdLength) return text
      throw badRequest(`<${name}> is empty or too long.`)
    })
  }

  /** As `texts`, for addresses. */
  addresses(name: string, most: number): string[] {
    return this.texts(name, most).map((text) => {
      const address = speakingAddress(text)
      if (address) return address
      throw badRequest(`<${name}> has to be a bare address, or one of a voice of the server.`)
    })
  }

  /** @throws Refusal bad-request */
  children(name: string, most: number): Element[] {
    const children = this.element.getChildren(name, namespace)
    if (children.length <= most) return children
    throw badRequest(`At most ${most} <${name}> in one request.`)
  }
}
