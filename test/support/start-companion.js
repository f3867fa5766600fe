// A server for tests with a companion (server/companion) beside it.

import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { startCompanionProcess } from '../../server/companion/test/support/companion-process.js'
import { startServer } from '../../server/start-server.js'

const built = join(import.meta.dirname, '../../server/companion/dist/main.js')

/**
 * Both end with `stop`. It fails, and says why, where there is no companion or none can run.
 *
 * @param {import('../../server/start-server.js').ServerOptions} options
 * @returns {Promise<import('../../server/start-server.js').Server>}
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
    const companion = await startCompanionProcess(environmentFor(server))
    const { stop } = server
    return Object.assign(server, {
      async stop() {
        await companion.stop()
        await stop()
      },
    })
  } catch (error) {
    await server.stop()
    throw error
  }
}

/** @returns {Record<string, string>} */
function environmentFor(/** @type {import('../../server/start-server.js').Server} */ server) {
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
