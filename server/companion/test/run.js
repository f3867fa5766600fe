// `npm test`: starts the real server and a companion beside it, and runs the tests against them. Says loudly what could not be tested.

import { spawn } from 'node:child_process'
import { readdirSync } from 'node:fs'
import { createServer } from 'node:http'
import { join } from 'node:path'
import { argv, env, execPath, exit } from 'node:process'
import { startServer } from '../../start-server.js'
import { freePort, startCompanionProcess } from './support/companion-process.js'
import { vapidKeys } from './support/vapid-keys.js'

const folder = join(import.meta.dirname, '..')

/** @type {Awaited<ReturnType<typeof startServer>>} */
let server
try {
  server = await startServer({ database: 'postgres' })
} catch (error) {
  console.error(`✗ The companion was NOT TESTED, there is no server: ${error}`)
  exit(1)
}
if (!server.postgres || Number(server.version) < 24.12) {
  console.error(
    `✗ The companion was NOT TESTED: it needs ejabberd 24.12, here is ${server.version}.`,
  )
  await server.stop()
  exit(1)
}

const { domain, url, key, companionSecret } = server
const { host, port, database, user, password } = server.postgres
const pushPort = await freePort()
/** @type {import('./support/running.js').Running} */
const running = {
  url,
  domain,
  companion: `companion.${domain}`,
  rooms: `rooms.${domain}`,
  key: { kty: 'oct', k: key.k },
  http: `http://127.0.0.1:${await freePort()}`,
  database: `postgresql://${user}:${password}@${host}:${port}/${database}`,
  service: `xmpp://127.0.0.1:${server.ports.component}`,
  secret: companionSecret,
  pushOrigin: `http://127.0.0.1:${pushPort}`,
  control: `http://127.0.0.1:${await freePort()}`,
}
const environment = {
  COMPANION_HOST: domain,
  COMPANION_SERVICE: running.service,
  COMPANION_SECRET: companionSecret,
  COMPANION_DATABASE: running.database,
  COMPANION_HTTP: new URL(running.http).host,
  COMPANION_TOKEN_KEY: JSON.stringify(running.key),
  COMPANION_PUSH_ORIGINS: running.pushOrigin,
  COMPANION_VAPID_PUBLIC_KEY: vapidKeys.publicKey,
  COMPANION_VAPID_PRIVATE_KEY: vapidKeys.privateKey,
  COMPANION_VAPID_SUBJECT: 'mailto:companion@example.org',
  COMPANION_RATE: '200',
}
let companion = await startCompanionProcess(environment)

/** What tests may have done to what they share. @type {Record<string, () => Promise<unknown>>} */
const orders = {
  '/stop-companion': () => companion.stop(),
  '/start-companion': async () => (companion = await startCompanionProcess(environment)),
  '/kill-server': async () => {
    const again = companion.online()
    await server.kill()
    await server.restart()
    await again
  },
}
const control = createServer((request, response) => {
  const carriedOut = orders[request.url ?? '']?.() ?? Promise.reject(new Error('No such order.'))
  carriedOut.then(
    () => response.end(),
    (error) => response.writeHead(500).end(String(error)),
  )
}).listen(Number(new URL(running.control).port), '127.0.0.1')

const chosen = argv.slice(2)
const files = readdirSync(import.meta.dirname)
  .filter((name) => name.endsWith('.test.js'))
  .filter((name) => chosen.length === 0 || chosen.some((part) => name.includes(part)))
// The one that stops what the others use comes last and alone.
const isAlone = (/** @type {string} */ name) => name === 'restart.test.js'
const alone = files.filter(isAlone)
const together = files.filter((name) => !isAlone(name))
const status = (await run(together)) || (await run(alone))
if (status !== 0) console.error(companion.log().split('\n').slice(-40).join('\n'))
control.close()
control.closeAllConnections()
await companion.stop()
await server.stop()
exit(status)

/** @param {string[]} names @returns {Promise<number>} the exit code */
function run(names) {
  if (names.length === 0) return Promise.resolve(0)
  const files = names.map((name) => join(import.meta.dirname, name))
  const options = ['--test', '--test-timeout=60000', '--test-concurrency=4']
  const tests = spawn(execPath, [...options, ...files], {
    cwd: folder,
    stdio: 'inherit',
    env: { ...env, COMPANION_TEST: JSON.stringify(running) },
  })
  return new Promise((resolve) => tests.on('close', (code) => resolve(code ?? 1)))
}
