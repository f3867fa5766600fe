/**
 * A tab that shares a connection to the local service. A worker stands for it, since it has a thread
 * of its own: it can be terminated whatever it is doing, and block without blocking the test.
 */
import type { Backend, BackendSession, OutgoingMessage } from '../../src/backends/backend.js'
import { local, localToken } from '../../src/backends/local/index.js'
import { sharedConnection } from '../../src/backends/shared/index.js'
import { IMError } from '../../src/model/errors.js'

export type TabOrder =
  /** Connects, and catches up from the cursor. */
  | { kind: 'connect'; serviceName: string; userId: string; cursor: string; pollInterval: number }
  /** One after the other. */
  | { kind: 'send'; messages: OutgoingMessage[] }
  | { kind: 'set'; key: string; value: unknown }
  /** Does nothing else for so many milliseconds. */
  | { kind: 'block'; milliseconds: number }
  | { kind: 'close' }

export type TabReport =
  | { kind: 'ready' }
  /** Has the connection. */
  | { kind: 'holds' }
  | { kind: 'caughtUp' }
  | { kind: 'received'; messageUIds: string[] }
  | { kind: 'sent'; messageUId: string }
  | { kind: 'isSet' }
  | { kind: 'refused'; code: number }
  | { kind: 'closed'; code: number }
  | { kind: 'blocks' }

const report = (it: TabReport): void => postMessage(it)

/** Says when this tab has got the connection. */
class ToldBackend implements Backend {
  readonly name = 'local'

  constructor(private readonly inner: Backend) {}

  userIdOf(token: string): string | undefined {
    return this.inner.userIdOf?.(token)
  }

  async connect(...values: Parameters<Backend['connect']>): Promise<BackendSession> {
    const session = await this.inner.connect(...values)
    report({ kind: 'holds' })
    return session
  }
}

let session: BackendSession

async function connect(order: TabOrder & { kind: 'connect' }) {
  const { serviceName, userId, cursor, pollInterval } = order
  const service = local({ name: serviceName, limits: { sendRate: Infinity }, pollInterval })
  const received = (messages: readonly OutgoingMessage[]) =>
    report({ kind: 'received', messageUIds: messages.map(({ messageUId }) => messageUId) })
  session = await sharedConnection(new ToldBackend(service), serviceName).connect(
    { appkey: 'shared', token: localToken(userId), deviceId: userId },
    {
      batch: ({ messages }) => received(messages),
      status: () => undefined,
      presence: () => undefined,
      closed: ({ code }) => report({ kind: 'closed', code }),
    },
  )
  for await (const { messages } of session.catchUp(cursor)) received(messages)
  report({ kind: 'caughtUp' })
}

async function send(messages: readonly OutgoingMessage[]): Promise<void> {
  for (const message of messages) {
    try {
      await session.send(message)
      report({ kind: 'sent', messageUId: message.messageUId })
    } catch (error) {
      report({ kind: 'refused', code: IMError.from(error).code })
    }
  }
}

function block(milliseconds: number): void {
  report({ kind: 'blocks' })
  const end = performance.now() + milliseconds
  while (performance.now() < end);
}

addEventListener('message', ({ data }: MessageEvent<TabOrder>) => {
  switch (data.kind) {
    case 'connect':
      void connect(data)
      break
    case 'send':
      void send(data.messages)
      break
    case 'set':
      void session.settings.set(data.key, data.value).then(() => report({ kind: 'isSet' }))
      break
    case 'block':
      block(data.milliseconds)
      break
    case 'close':
      void session.close()
  }
})
report({ kind: 'ready' })
