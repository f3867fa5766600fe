// A server for tests with a companion (server/companion) beside it.

import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { startCompanionProcess } from '../../server/companion/test/support/companion-process.js'
import { freePorts } from '../../server/free-ports.js'
import { startServer } from '../../server/start-server.js'

const built = join(import.meta.dirname, '../../server/companion/dist/main.js')

/**
 * @typedef {import('../../server/start-server.js').Server} Server
 * @typedef {{ subscription: import('../../src/backends/backend.js').PushAddress, receives(): Promise<Record<string, unknown>> }} Browser
 * @typedef {{ newBrowser(): Browser, start(): Promise<void>, stop(): Promise<void> }} PushService
 * @typedef {Server & { pushService: PushService }} ServerWithCompanion
 */

/**
 * All end with `stop`. It fails, and says why, where there is no companion or none can run.
 *
 * @param {import('../../server/start-server.js').ServerOptions} options
 * @returns {Promise<ServerWithCompanion>}
 */
export async function startServerWithCompanion(options) {
  if (!existsSync(built)) {
    throw new Error('The companion is not built: run `npm run install:companion`.')
  }
  const server = await startServer({ ...options, database: 'postgres' })
  try {
    if (Number(server.version) < 24.12) {
      throw new Error(`The companion needs ejabberd 24.12, here is ${server.version}.`)
    }
    const { pushService, settings } = await startPushService()
    const companion = await startCompanionProcess({ ...environmentFor(server), ...settings })
    const { stop } = server
    return Object.assign(server, {
      pushService,
      async stop() {
        await companion.stop()
        await pushService.stop()
        await stop()
      },
    })
  } catch (error) {
    await server.stop()
    throw error
  }
}

/** @returns {Record<string, string>} */
function environmentFor(/** @type {Server} */ server) {
  const { host, port, database, user, password } = server.postgres ?? {}
  return {
    COMPANION_HOST: server.domain,
    COMPANION_SERVICE: `xmpp://127.0.0.1:${server.ports.component}`,
    COMPANION_SECRET: server.companionSecret,
    COMPANION_DATABASE: `postgresql://${user}:${password}@${host}:${port}/${database}`,
    COMPANION_HTTP: 'off',
    // Tests ask more often than people do.
    COMPANION_RATE: '200',
  }
}

/**
 * What it needs is installed with the companion, which need not be there for the other tests.
 *
 * @returns {Promise<{ pushService: PushService, settings: Record<string, string> }>}
 */
async function startPushService() {
  const support = '../../server/companion/test/support'
  const { FakePushService } = await import(`${support}/fake-push-service.js`)
  const { vapidKeys } = await import(`${support}/vapid-keys.js`)
  const [port] = await freePorts(1)
  const origin = `http://127.0.0.1:${port}`
  /** @type {PushService} */
  const pushService = new FakePushService(origin)
  await pushService.start()
  const settings = {
    COMPANION_PUSH_ORIGINS: origin,
    COMPANION_VAPID_PUBLIC_KEY: vapidKeys.publicKey,
    COMPANION_VAPID_PRIVATE_KEY: vapidKeys.privateKey,
    COMPANION_VAPID_SUBJECT: 'mailto:tests@example.org',
  }
  return { pushService, settings }
}
