/**
 * A connection that tabs share keeps the same promises, for the tab that holds it and for one
 * beside it.
 */
import type { Backend, BackendSession } from '../../src/backends/backend.js'
import { local, localToken } from '../../src/backends/local/index.js'
import { sharedConnection } from '../../src/backends/shared/index.js'
import { uuidv7 } from '../../src/model/identity.js'
import { BackendRecorder } from '../support/backend-recorder.js'
import { describeBackend } from './backend-contract.js'
import type { BackendUnderTest } from './backend-harness.js'
import { localCapabilities } from './local-capabilities.js'

/** A backend each of whose sessions belongs to a tab beside another that has the connection. */
class BesideAnotherTab implements Backend {
  readonly name: string
  #holders: BackendSession[] = []

  constructor(readonly backend: Backend) {
    this.name = backend.name
  }

  userIdOf(token: string): string | undefined {
    return this.backend.userIdOf?.(token)
  }

  async connect(...[credentials, sink]: Parameters<Backend['connect']>): Promise<BackendSession> {
    const holder = await this.backend.connect(credentials, new BackendRecorder())
    this.#holders.push(holder)
    const session = await this.backend.connect(credentials, sink)
    const close = async () => {
      await session.close()
      // The device is gone with its last tab.
      await holder.close()
    }
    return { ...session, close }
  }

  async closeAll(): Promise<void> {
    await Promise.all(this.#holders.map((session) => session.close()))
  }
}

const shared = (seenFrom: 'the tab that holds it' | 'a tab beside it'): BackendUnderTest => ({
  capabilities: localCapabilities,
  means: ['systemMessages', 'linkFailure', 'expiringTokens', 'samePlaces'],
  setUp: ({ catchUpLimit, ...limits }) => {
    const service = local({ name: `contract-${uuidv7()}`, limits, catchUpLimit })
    const connection = sharedConnection(service)
    const beside = new BesideAnotherTab(connection)
    return Promise.resolve({
      backend: seenFrom === 'a tab beside it' ? beside : connection,
      tokenOf: (userId) => localToken(userId),
      expiredTokenOf: (userId) => localToken(userId, { expires: Date.now() - 1 }),
      sendSystemMessage: (userId, message) => service.sendSystemMessage(userId, message),
      breakLinks() {
        service.setOnline(false)
        service.setOnline(true)
      },
      async tearDown() {
        await beside.closeAll()
        await service.destroy()
      },
    })
  },
})

describeBackend('shared local, from the tab that holds it', shared('the tab that holds it'))
describeBackend('shared local, from a tab beside it', shared('a tab beside it'))
