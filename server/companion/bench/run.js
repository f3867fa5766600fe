// `npm run bench`: how long answers take, on the real server with as much in its database as a
// busy user has. Prints numbers; passes and fails nothing.

import { execFileSync } from 'node:child_process'
import { performance } from 'node:perf_hooks'
import { stdout } from 'node:process'
import pg from 'pg'
import { startServer } from '../../start-server.js'
import { freePort, startCompanionProcess } from '../test/support/companion-process.js'

const conversations = 1_000
const messages = 100_000

const server = await startServer({ database: 'postgres' })
if (!server.postgres) throw new Error('There is no PostgreSQL.')
const { host, port, database, user, password } = server.postgres
const running = {
  url: server.url,
  domain: server.domain,
  companion: `companion.${server.domain}`,
  rooms: `rooms.${server.domain}`,
  key: { kty: 'oct', k: server.key.k },
  database: `postgresql://${user}:${password}@${host}:${port}/${database}`,
}
process.env.COMPANION_TEST = JSON.stringify(running)
const db = new pg.Client({ connectionString: running.database })
await db.connect()

try {
  const before = await inserts(2_000)
  const http = `127.0.0.1:${await freePort()}`
  const companion = await startCompanionProcess({
    COMPANION_HOST: running.domain,
    COMPANION_SERVICE: `xmpp://127.0.0.1:${server.ports.component}`,
    COMPANION_SECRET: server.companionSecret,
    COMPANION_DATABASE: running.database,
    COMPANION_HTTP: http,
    COMPANION_RATE: '10000',
  })
  try {
    const after = await inserts(2_000)
    line('archiving one message in SQL, without the index', before)
    line('archiving one message in SQL, with it', after)
    await measure()
    const status = execFileSync('ps', ['-o', 'rss=', '-p', String(companion.pid)], {
      encoding: 'utf8',
    })
    stdout.write(`memory of the companion: ${Math.round(Number(status) / 1024)} MB\n`)
  } finally {
    await companion.stop()
  }
} finally {
  await db.end()
  await server.stop()
}

async function measure() {
  const { connect, disconnectAll, xml } = await import('../test/support/people.js')
  const alice = await connect('bench')
  await fill('bench')
  const text = (/** @type {string} */ words) => xml('text', {}, words)
  /** @type {[string, () => Promise<unknown>][]} */
  const questions = [
    [
      'IQ round trip of a request that is refused',
      () => alice.refusal('get', 'entries', { room: 'x' }),
    ],
    [
      `20 of ${conversations} conversations`,
      () => alice.ask('get', 'conversations', { count: '20' }),
    ],
    [
      `200 of ${conversations} conversations`,
      () => alice.ask('get', 'conversations', { count: '200' }),
    ],
    [
      'a page of 50 messages of history',
      () => alice.ask('get', 'history', { with: `peer1@${running.domain}`, count: '50' }),
    ],
    [
      `search in ${messages} messages, a rare word`,
      () => alice.ask('get', 'search', {}, text('rare77')),
    ],
    [
      `search in ${messages} messages, three Chinese characters`,
      () => alice.ask('get', 'search', {}, text('晚上吃')),
    ],
    [
      `search in ${messages} messages, one Chinese character`,
      () => alice.ask('get', 'search', {}, text('饭')),
    ],
    [
      `search in ${messages} messages, a word in all of them`,
      () => alice.ask('get', 'search', {}, text('hello')),
    ],
    [
      `search in ${messages} messages, two letters in none`,
      () => alice.ask('get', 'search', {}, text('qz')),
    ],
  ]
  for (const [what, ask] of questions) {
    await ask()
    const times = []
    for (let run = 0; run < 30; run += 1) {
      const start = performance.now()
      await ask()
      times.push(performance.now() - start)
    }
    times.sort((one, other) => one - other)
    line(what, times)
  }
  await disconnectAll()
}

/** Archives messages as ejabberd does, one statement each. @returns milliseconds of each, sorted */
async function inserts(/** @type {number} */ count) {
  const times = []
  for (let number = 0; number < count; number += 1) {
    const values = row(
      'insert',
      `insert${number % 50}`,
      Date.now() * 1000 + number,
      `one of ${number}`,
    )
    const start = performance.now()
    await db.query(
      `insert into archive (username, server_host, timestamp, peer, bare_peer, xml, txt, kind, origin_id)
       values ($1, $2, $3, $4, $4, $5, $6, 'chat', '')`,
      values,
    )
    times.push(performance.now() - start)
  }
  return times.sort((one, other) => one - other)
}

/** All that a user has, in many conversations. */
async function fill(/** @type {string} */ name) {
  const now = Date.now() * 1000
  for (let first = 0; first < messages; first += 1_000) {
    const rows = Array.from({ length: 1_000 }, (_, index) => {
      const number = first + index
      const rare = number % 997 === 0 ? ` rare${number % 100}` : ''
      const chinese = number % 50 === 0 ? ' 今天晚上吃饭' : ''
      const place = now - (messages - number) * 1_000_000
      return row(name, `peer${number % conversations}`, place, `hello ${number}${rare}${chinese}`)
    })
    await db.query(
      `insert into archive (username, server_host, timestamp, peer, bare_peer, xml, txt, kind, origin_id)
       select * from unnest($1::text[], $2::text[], $3::bigint[], $4::text[], $4::text[], $5::text[], $6::text[])
         as filled (username, server_host, timestamp, peer, bare_peer, xml, txt),
         (values ('chat', '')) as same (kind, origin_id)`,
      [0, 1, 2, 3, 4, 5].map((column) => rows.map((values) => values[column])),
    )
  }
  await db.query('analyze')
}

/** @param {string} owner @param {string} peer @param {number} place @param {string} words */
function row(owner, peer, place, words) {
  const { domain } = running
  const envelope = {
    messageUId: `${peer}-${place}`,
    messageType: 'RC:TxtMsg',
    content: { content: words },
  }
  const json = JSON.stringify({ imkit: envelope }).replaceAll('"', '&quot;')
  const xml = `<message xmlns='jabber:client' type='chat' id='${peer}-${place}' from='${peer}@${domain}/x' to='${owner}@${domain}'><body>${words}</body><json xmlns='urn:xmpp:json:0'>${json}</json></message>`
  return [owner, domain, place, `${peer}@${domain}`, xml, words]
}

/** @param {string} what @param {number[]} times sorted */
function line(what, times) {
  const at = (/** @type {number} */ share) =>
    (times[Math.floor(times.length * share)] ?? 0).toFixed(1)
  stdout.write(`${what}: median ${at(0.5)} ms, 95th percentile ${at(0.95)} ms\n`)
}
