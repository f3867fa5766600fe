// `npm run server`: an imkit server on this machine, until Ctrl+C. Its data stays in .imkit-server.

import { join } from 'node:path'
import { argv, exit } from 'node:process'
import { pathToFileURL } from 'node:url'
import { parseArgs } from 'node:util'
import { findOrInstallEjabberd } from '../server/ejabberd-package.js'
import { isFree } from '../server/free-ports.js'
import { findOrInstallPostgres } from '../server/postgres-package.js'
import { signToken } from '../server/signing-key.js'
import { startServer } from '../server/start-server.js'
import { root } from './set-up.js'

/** Where XMPP servers usually are. */
const ports = { public: 5280, api: 5281, client: 5222, component: 5347 }

const users = ['alice', 'bob', 'carol']

/** How long the tokens of the demo are good, in seconds: a month. */
const lifetime = 30 * 24 * 3600

/**
 * Starts the server of the demo, with its users.
 *
 * @param {object} options
 * @param {'sqlite' | 'postgres'} [options.database]
 * @param {string[]} [options.moreUsers]
 */
export async function startDemoServer({ database = 'sqlite', moreUsers = [] } = {}) {
  findOrInstallEjabberd()
  if (database === 'postgres') findOrInstallPostgres()
  for (const port of Object.values(ports)) {
    if (!(await isFree(port))) {
      throw new Error(`Somebody listens on port ${port} already, perhaps another of these servers.`)
    }
  }
  const server = await startServer({
    folder: join(root, '.imkit-server', database),
    database,
    ports,
    publicUrl: `http://localhost:${ports.public}`,
  })
  /** @type {Record<string, string>} */
  const tokens = {}
  for (const user of [...users, ...moreUsers]) {
    await server.createUser(user)
    tokens[user] = signToken(server.key, `${user}@${server.domain}`, lifetime)
  }
  return { server, tokens }
}

/** Says how to connect. */
function describe(/** @type {Awaited<ReturnType<typeof startDemoServer>>} */ { server, tokens }) {
  const { url, apiUrl, version, folder, ports, domain, companionSecret } = server
  console.log(`
ejabberd ${version}, data in ${folder}

  imkit.init({ appkey: 'my-app', backend: xmpp({ url: '${url}' }) })
  await imkit.connect(token)

Tokens, good for a month:
${Object.entries(tokens)
  .map(([user, token]) => `\n  ${user}\n  ${token}`)
  .join('\n')}

REST API    ${apiUrl}
Companion   xmpp://127.0.0.1:${ports.component}, companion.${domain}, secret ${companionSecret}

\`npm run server -- --user dave\` makes one more user. Ctrl+C stops the server.`)
}

/** @returns {Promise<true>} */
function toBeAskedToStop() {
  return new Promise((resolve) => {
    for (const signal of ['SIGINT', 'SIGTERM']) process.once(signal, () => resolve(true))
  })
}

if (argv[1] && import.meta.url === pathToFileURL(argv[1]).href) {
  try {
    const { values } = parseArgs({
      options: {
        database: { type: 'string', default: 'sqlite' },
        user: { type: 'string', multiple: true, default: [] },
      },
    })
    if (values.database !== 'sqlite' && values.database !== 'postgres') {
      throw new Error('--database is sqlite or postgres.')
    }
    const started = await startDemoServer({ database: values.database, moreUsers: values.user })
    describe(started)
    const isAsked = await Promise.race([toBeAskedToStop(), started.server.ended])
    if (!isAsked) throw new Error(`ejabberd has ended, see ${join(started.server.folder, 'log')}.`)
    console.log('\nStopping.')
    await started.server.stop()
    exit()
  } catch (error) {
    console.error(error instanceof Error ? error.message : error)
    exit(1)
  }
}
