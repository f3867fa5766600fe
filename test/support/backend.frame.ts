/**
 * A tab that can be killed: an iframe with a page of its own that sends messages through the
 * embedded backend. Taking the frame out of the document ends it in the middle of whatever it is
 * doing, without unload or any other farewell.
 */
import { local, localToken } from '../../src/backends/local/index.js'
import type { OutgoingMessage } from '../../src/backends/backend.js'

/** What the frame is to do; it comes as a message event when the frame says `ready`. */
export interface FrameTask {
  serviceName: string
  userId: string
  messages: OutgoingMessage[]
}

/** What the frame tells the test. */
export type FrameReport =
  { kind: 'ready' } | { kind: 'sent'; messageUId: string } | { kind: 'done' }

const report = (it: FrameReport): void => parent.postMessage(it)

/** Sends everything, a few messages at a time, as fast as it goes. */
async function run({ serviceName, userId, messages }: FrameTask): Promise<void> {
  const backend = local({ name: serviceName, limits: { sendRate: Infinity } })
  const ignored = { batch() {}, status() {}, presence() {}, closed() {} }
  const credentials = { appkey: 'local', token: localToken(userId), deviceId: userId }
  const session = await backend.connect(credentials, ignored)
  const waiting = [...messages]
  const sendOneByOne = async () => {
    for (let next = waiting.shift(); next; next = waiting.shift()) {
      await session.send(next)
      report({ kind: 'sent', messageUId: next.messageUId })
    }
  }
  await Promise.all([sendOneByOne(), sendOneByOne(), sendOneByOne()])
  await session.close()
  report({ kind: 'done' })
}

addEventListener('message', (event: MessageEvent<FrameTask>) => void run(event.data))
report({ kind: 'ready' })
