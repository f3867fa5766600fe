import { expect } from '@open-wc/testing'
import type { OutgoingMessage } from '../../src/backends/backend.js'
import type { FrameReport, FrameTask } from '../support/backend.frame.js'
import { connectTo, LocalService } from '../support/backend-local-service.js'
import { inGroup, text } from '../support/backend-messages.js'
import { randomFrom } from '../support/random-from.js'

const MESSAGES = 200
const KILLS = 50

/** Works through a task in a tab of its own. Resolves when it is done or killed. */
function runInTab(
  task: FrameTask,
  /** Told of each message the tab has sent; true kills it. */
  isToBeKilled: (messageUId: string) => boolean,
): Promise<'done' | 'killed'> {
  return new Promise((resolve) => {
    const frame = document.createElement('iframe')
    const script = new URL('../support/backend.frame.ts', import.meta.url)
    frame.srcdoc = `<!doctype html><script type="module" src="${script.href}"></script>`
    const end = (how: 'done' | 'killed') => {
      removeEventListener('message', hear)
      frame.remove()
      resolve(how)
    }
    const hear = ({ source, data }: MessageEvent<FrameReport>) => {
      if (source !== frame.contentWindow) return
      if (data.kind === 'ready') frame.contentWindow!.postMessage(task)
      if (data.kind === 'done') end('done')
      if (data.kind === 'sent' && isToBeKilled(data.messageUId)) end('killed')
    }
    addEventListener('message', hear)
    document.body.append(frame)
  })
}

describe('local service when tabs are killed', () => {
  const service = new LocalService()

  after(() => service.remove())

  it('keeps every message exactly once, in one order for everyone', async function () {
    this.timeout(60_000)
    const users = ['alice', 'bob', 'carol']
    const tab = service.openTab({ pollInterval: 50 })
    const readers = await Promise.all(users.map((userId) => connectTo(tab, userId)))
    const { groupId } = await readers[0]!.session.groups!.create({ name: 'All', memberIds: users })
    const sent = Array.from({ length: MESSAGES }, (_, index) => text(inGroup(groupId), `${index}`))

    const random = randomFrom(50)
    let kills = 0
    /** One user's messages, in as many tabs as it takes. What was not heard of is sent again. */
    const sendAll = async (userId: string, messages: OutgoingMessage[]) => {
      let waiting = messages
      while (waiting.length > 0) {
        const heardOf = new Set<string>()
        const task = { serviceName: service.name, userId, messages: waiting }
        const how = await runInTab(task, (messageUId) => {
          heardOf.add(messageUId)
          return kills < KILLS && random() < 0.5
        })
        if (how === 'done') return
        kills += 1
        waiting = waiting.filter(({ messageUId }) => !heardOf.has(messageUId))
      }
    }
    await Promise.all(
      users.map((userId, index) =>
        sendAll(
          userId,
          sent.filter((_, at) => at % users.length === index),
        ),
      ),
    )
    expect(kills).to.equal(KILLS)

    // The first is the notice that the group was created.
    for (const { received } of readers) {
      await received.until(({ messages }) => messages.length > sent.length)
    }
    const places = readers.map(({ received }) =>
      received.messages.slice(1).map(({ messageUId, order }) => ({ messageUId, order })),
    )
    const ids = places[0]!.map(({ messageUId }) => messageUId)
    expect(ids).to.have.members(sent.map(({ messageUId }) => messageUId))
    expect(new Set(ids).size).to.equal(MESSAGES)
    const inOrder = [...places[0]!].sort((one, other) => (one.order < other.order ? -1 : 1))
    for (const seen of places) expect(seen).to.deep.equal(inOrder)
  })
})
