/** Whole clients on a real server, each a device with a database of its own and timers that run. */
import { escapeId } from '../../src/backends/xmpp/addresses.js'
import { xmpp, type XmppOptions } from '../../src/backends/xmpp/index.js'
import type { Backend } from '../../src/backends/backend.js'
import type { IMClientOptions } from '../../src/core/client.js'
import type { ConversationId } from '../../src/model/conversation.js'
import { uuidv7 } from '../../src/model/identity.js'
import { MessageType } from '../../src/model/message-types.js'
import type { Message } from '../../src/model/message.js'
import { eventually, Tab } from './chat-service.js'

export type WholeClient = Tab<Backend>

/** What a client needs of a server: `TestServer` is one. */
export interface ServerOfClients {
  url: string
  domain: string
  /** Makes a user. @param local the part of the address before the `@` */
  createUser(local: string): Promise<void>
  tokenOf(local: string, lifetime?: number): string | Promise<string>
}

/** What differs from a client that simply logs in. */
export interface WholeClientSetup {
  /** of the WebSocket, where it isn't the server's own */
  url?: string
  /** seconds the token is good for */
  lifetime?: number
  backend?: Partial<XmppOptions>
  client?: Partial<IMClientOptions>
}

/** Milliseconds: what breaks here is soon mended. */
const backOff = { first: 100, most: 500 }

export class WholeClients {
  #all: WholeClient[] = []

  constructor(private readonly server: ServerOfClients) {}

  /** Connected, and has what there was. */
  async online(name: string, setup: WholeClientSetup = {}): Promise<WholeClient> {
    const userId = `${name}-${uuidv7()}`
    await this.server.createUser(escapeId(userId))
    return this.#device(userId, setup)
  }

  /** Another device of a user, which has nothing yet; connected, and has what there was. */
  anotherOf({ userId }: WholeClient): Promise<WholeClient> {
    return this.#device(userId)
  }

  async #device(userId: string, setup: WholeClientSetup = {}): Promise<WholeClient> {
    const { server } = this
    const { url = server.url, lifetime } = setup
    const limits = { sendRate: Infinity }
    const backend = xmpp({ url, domain: server.domain, limits, ...setup.backend })
    const options = { schedule: undefined, backOff, ...setup.client }
    const client: WholeClient = new Tab(backend, userId, `app-${uuidv7()}`, options)
    this.#all.push(client)
    await client.client.connect(await server.tokenOf(escapeId(userId), lifetime))
    await eventually(`${userId} catches up`, () => client.heard('offlineMessagesPulled').length > 0)
    return client
  }

  async end(): Promise<void> {
    const all = this.#all.splice(0)
    await Promise.all(all.map(({ client }) => client.disconnect()))
    await Promise.all(all.map(({ client, userId }) => client.clearLocalData(userId)))
  }
}

/** All the texts a client has of a conversation, oldest first; what is not sent yet too. */
export async function storedTexts(
  { client }: WholeClient,
  conversation: ConversationId,
): Promise<Message[]> {
  const all: Message[] = []
  let hasOlder = true
  while (hasOlder) {
    const before = all[0]?.order
    const page = await client.reader.history(conversation, {
      count: 100,
      ...(before === undefined ? {} : { before }),
    })
    all.unshift(...page.messages)
    hasOlder = page.hasOlder && page.messages.length > 0
  }
  return all.filter(({ messageType }) => messageType === MessageType.TEXT)
}
