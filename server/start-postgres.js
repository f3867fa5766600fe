// PostgreSQL with databases of its own, below a folder.

import { spawnSync } from 'node:child_process'
import { chmodSync, chownSync, existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { getuid } from 'node:process'
import { freePorts } from './free-ports.js'
import { findPostgres } from './postgres-package.js'
import { startChild } from './start-child.js'

/**
 * @typedef {object} Postgres
 * @property {string} host
 * @property {number} port
 * @property {string} database with ejabberd's tables in it
 * @property {string} user
 * @property {string} password
 * @property {() => Promise<void>} stop
 */

const host = '127.0.0.1'
const database = 'imkit'
const user = 'imkit'
/** Asked of nobody: whoever reaches this port is this machine's. */
const password = 'imkit'

/** How long a start may take, in milliseconds. */
const patience = 60_000

/**
 * Starts it, and makes the databases and ejabberd's tables the first time.
 *
 * @param {object} options
 * @param {string} options.folder where it keeps its data, in a folder `postgres` of its own
 * @param {string} options.schema the folder with ejabberd's SQL
 * @returns {Promise<Postgres>}
 */
export async function startPostgres({ folder, schema }) {
  const programs = findPostgres()
  const own = join(folder, 'postgres')
  const data = join(own, 'data')
  const rights = ordinaryUser()
  mkdirSync(own, { recursive: true })
  if (rights) {
    chownSync(own, rights.uid, rights.gid)
    // Through, but not into: what else is in the folder is not its business.
    chmodSync(folder, 0o711)
  }

  const run = (/** @type {string} */ program, /** @type {string[]} */ args, input = '') => {
    const { status, stderr, error } = spawnSync(join(programs, program), args, {
      cwd: own,
      encoding: 'utf8',
      input,
      ...rights,
    })
    if (status !== 0) throw new Error(`${program}: ${error?.message ?? stderr.trim()}`)
  }

  const isNew = !existsSync(join(data, 'PG_VERSION'))
  if (isNew) {
    run('initdb', ['--pgdata', data, '--auth', 'trust', '--username', user, '--encoding', 'UTF8'])
  }
  const [port = 0] = await freePorts(1)
  const log = join(folder, 'log', 'postgres.log')
  writeFileSync(log, '')
  const child = await startChild(
    join(programs, 'postgres'),
    ['-D', data, '-p', String(port)].concat(
      [`listen_addresses=${host}`, 'unix_socket_directories=', 'max_connections=200'].flatMap(
        (setting) => ['-c', setting],
      ),
    ),
    { folder: own, log, user: rights },
  )
  // SIGINT has it close all connections and end.
  const stop = () => child.end('SIGINT')
  try {
    const address = ['--host', host, '--port', String(port), '--username', user]
    const deadline = Date.now() + patience
    while (!isReady(join(programs, 'pg_isready'), address)) {
      if (!child.isRunning || Date.now() > deadline) {
        throw new Error(`PostgreSQL did not start, see ${log}`)
      }
      await new Promise((resolve) => setTimeout(resolve, 50))
    }
    if (isNew) {
      run('createdb', [...address, database])
      const tables = readFileSync(join(schema, 'pg.new.sql'), 'utf8')
      run('psql', [...address, '--quiet', '--set', 'ON_ERROR_STOP=1', database], tables)
    }
  } catch (error) {
    await stop()
    throw error
  }
  return { host, port, database, user, password, stop }
}

function isReady(/** @type {string} */ program, /** @type {string[]} */ address) {
  return spawnSync(program, address).status === 0
}

/** Root may not run it: then it is run by the user that comes with its package. */
function ordinaryUser() {
  if (getuid?.() !== 0) return undefined
  const id = (/** @type {string} */ option) =>
    Number(spawnSync('id', [option, 'postgres'], { encoding: 'utf8' }).stdout)
  return { uid: id('-u'), gid: id('-g') }
}
