/** One of several tabs in which a user is logged in, and which share a connection. */
import type { Backend } from '../../../src/backends/backend.js'
import { local, localToken } from '../../../src/backends/local/index.js'
import { sharedConnection } from '../../../src/backends/shared/index.js'
import { IMClient } from '../../../src/core/client.js'
import { ConnectionStatus } from '../../../src/model/connection-status.js'
import { ConversationType, type ConversationId } from '../../../src/model/conversation.js'
import { MessageType } from '../../../src/model/message-types.js'

declare global {
  interface Window {
    tab: typeof tab
  }
}

const service = local({ name: 'shared-tabs', limits: { sendRate: Infinity } })

/** When this tab got the connection each time, Unix milliseconds. */
const holds: number[] = []

/** The service, as if each connection to it cost something. */
const counted: Backend = {
  name: 'counted',
  userIdOf: (token) => service.userIdOf(token),
  async connect(credentials, sink) {
    const session = await service.connect(credentials, sink)
    holds.push(Date.now())
    return session
  },
}

const client = new IMClient({ appkey: 'shared-tabs', backend: sharedConnection(counted) })
const statuses: ConnectionStatus[] = []
client.events.on('status', ({ status }) => statuses.push(status))

const privateWith = (targetId: string): ConversationId => ({
  conversationType: ConversationType.PRIVATE,
  targetId,
})

const tab = {
  holds,
  /** By name, since it connected. */
  get statuses(): string[] {
    return statuses.map((status) => ConnectionStatus[status])
  },

  async connect(userId: string): Promise<void> {
    const caughtUp = new Promise<void>((resolve) =>
      client.events.once('offlineMessagesPulled', () => resolve()),
    )
    await client.connect(localToken(userId))
    await caughtUp
  },

  /** Resolves when all are sent. */
  async say(targetId: string, texts: string[]): Promise<void> {
    for (const content of texts) {
      const message = { messageType: MessageType.TEXT, content: { content } }
      await client.sender.send(privateWith(targetId), message)
    }
  },

  async texts(targetId: string): Promise<string[]> {
    const page = await client.reader.history(privateWith(targetId), { count: 100 })
    return page.messages.map(({ content }) => String(content.content))
  },
}

window.tab = tab
