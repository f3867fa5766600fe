/** Somebody with an account who writes stanzas by hand, and what our own clients put into theirs. */
import { LastingStream } from '../../src/backends/xmpp/lasting-stream.js'
import { xml, type Element } from '../../src/backends/xmpp/wire.js'
import { uuidv7 } from '../../src/model/identity.js'
import type { TestServer } from './test-server.js'

/** What a message of ours is, as the JSON beside its text says it. */
export interface Form {
  messageUId: string
  messageType: string
  content: object
}

export const form = (messageType: string, content: object, more: object = {}): Form => ({
  messageUId: uuidv7(),
  messageType,
  content,
  ...{ isPersisted: true, isCounted: true },
  ...more,
})

export const json = (carried: object): Element =>
  xml('json', { xmlns: 'urn:xmpp:json:0' }, JSON.stringify({ imkit: carried }))

export const store = (): Element => xml('store', { xmlns: 'urn:xmpp:hints' })

/** @param local the part of the address before the `@`; the user exists */
export async function streamOf(server: TestServer, local: string): Promise<LastingStream> {
  const { url, domain } = server
  const password = await server.tokenOf(local)
  const login = { url, domain, local, password, resource: 'by-hand', resumeFor: 0 }
  const stream = await LastingStream.begin(login, local)
  stream.send(xml('presence'))
  return stream
}
