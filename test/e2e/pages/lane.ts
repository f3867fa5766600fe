/**
 * A tab that sends numbered messages into a group, goes on where a killed one left off, and tells
 * the test of every step. `read` lists what a user has, `readAnew` what a new device of theirs gets.
 */
import { IMClient } from '../../../src/core/client.js'
import { ConversationType, type ConversationId } from '../../../src/model/conversation.js'
import { MessageType } from '../../../src/model/message-types.js'
import { SentStatus } from '../../../src/model/message.js'
import { backend, tokenOf } from './backend.js'

declare global {
  interface Window {
    /** Given by the test. */
    step?: (name: string) => Promise<void>
    lane: typeof lane
  }
}

async function connected(userId: string, appkey = 'kill-a-tab'): Promise<IMClient> {
  const client = new IMClient({ appkey, backend })
  const caughtUp = new Promise<void>((resolve) =>
    client.events.once('offlineMessagesPulled', () => resolve()),
  )
  await client.connect(tokenOf(userId))
  await caughtUp
  return client
}

const group = (targetId: string): ConversationId => ({
  conversationType: ConversationType.GROUP,
  targetId,
})

async function texts(client: IMClient, groupId: string): Promise<string[]> {
  const found: string[] = []
  let before: string | undefined
  for (;;) {
    const page = await client.reader.history(group(groupId), {
      count: 50,
      ...(before === undefined ? {} : { before }),
    })
    const shown = page.messages.filter(({ messageType }) => messageType === MessageType.TEXT)
    found.unshift(...shown.map(({ content }) => String(content.content)))
    before = page.messages[0]?.order
    if (!page.hasOlder || before === undefined) return found
  }
}

const lane = {
  async createGroup(owner: string, memberIds: string[]): Promise<string> {
    const client = await connected(owner)
    const { groupId } = await client.groups.create({ name: 'Everyone', memberIds })
    await client.disconnect()
    return groupId
  },

  /** Posts what this lane has not posted yet; resolves when all of it is sent. */
  async send(userId: string, groupId: string, name: string, count: number): Promise<void> {
    const client = await connected(userId)
    void window.step?.('connected')
    client.events.on('change', () => void window.step?.('change'))
    client.events.on('sent', () => void window.step?.('sent'))
    const posted = new Set(await texts(client, groupId))
    for (let number = 1; number <= count; number++) {
      const content = `${name} ${number}`
      if (posted.has(content)) continue
      // Awaited, so that the tab does not run ahead of the one who kills it.
      await window.step?.('post')
      await client.sender.post(group(groupId), {
        messageType: MessageType.TEXT,
        content: { content },
      })
      void window.step?.('posted')
    }
    await allSent(client, groupId)
    await client.disconnect()
    void window.step?.('done')
  },

  async read(userId: string, groupId: string): Promise<string[]> {
    return listAndLeave(await connected(userId), groupId)
  },

  async readAnew(userId: string, groupId: string): Promise<string[]> {
    return listAndLeave(await connected(userId, `new device of ${userId}`), groupId)
  },
}

async function listAndLeave(client: IMClient, groupId: string): Promise<string[]> {
  await allSent(client, groupId)
  const list = await texts(client, groupId)
  await client.disconnect()
  return list
}

/** Nothing of this user waits any more. */
function allSent(client: IMClient, groupId: string): Promise<void> {
  return new Promise((resolve, reject) => {
    const look = async () => {
      const { messages } = await client.reader.history(group(groupId), { count: 100 })
      if (messages.every(({ sentStatus }) => sentStatus !== SentStatus.SENDING)) {
        off()
        resolve()
      }
    }
    const off = client.events.on('change', () => void look().catch(reject))
    void look().catch(reject)
  })
}

window.lane = lane
