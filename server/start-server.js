// An imkit server on this machine: ejabberd with a database, a key and a folder of its own.

import { randomBytes } from 'node:crypto'
import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { callApi } from './api.js'
import { findEjabberd } from './ejabberd-package.js'
import { nodeEnvironment, nodeFile, settingsFile } from './ejabberd-settings.js'
import { freePorts } from './free-ports.js'
import { compileOwnModules } from './own-modules.js'
import { signingKey } from './signing-key.js'
import { startEjabberd } from './start-ejabberd.js'
import { startPostgres } from './start-postgres.js'
import { temporaryFolder } from './temporary-folder.js'

/**
 * @typedef {object} ServerOptions
 * @property {string} [folder] where its data is kept; without one, in a temporary folder that is
 *   removed when the server is stopped
 * @property {string} [version] of ejabberd, as `24.12`; the newest there is
 * @property {'sqlite' | 'postgres'} [database] `sqlite`
 * @property {string} [domain] `localhost`
 * @property {import('./ejabberd-settings.js').Settings['ports']} [ports] free ones of 127.0.0.1
 * @property {string} [publicUrl] where pages reach the public port, if there is a proxy before it
 * @property {number} [fileSize] largest upload, in bytes: 100 MB
 * @property {number} [uploadQuota] what the files of one user may take up, in bytes; without it as
 *   much as there is
 * @property {number} [bytesPerSecond] what one client may send; without it as much as it likes
 * @property {boolean} [hasOwnModules] `false`: without server/ejabberd-modules, as other people's
 *   servers are
 * @property {Place} [cluster] as a node of it
 */

/**
 * A node's place in a cluster, and what all its nodes share.
 *
 * @typedef {object} Place
 * @property {import('./start-ejabberd.js').ClusterNode} node
 * @property {string} folder for the key, secrets and uploads
 * @property {import('./start-postgres.js').Postgres} postgres
 */

/**
 * @typedef {object} Server
 * @property {string} url of the WebSocket
 * @property {string} uploadUrl
 * @property {string} apiUrl
 * @property {string} domain
 * @property {string} version of ejabberd
 * @property {string} folder
 * @property {{ k: string }} key that tokens are signed with
 * @property {string} companionSecret
 * @property {import('./ejabberd-settings.js').Settings['ports']} ports
 * @property {import('./start-postgres.js').Postgres | undefined} postgres
 * @property {(localpart: string, ofDomain?: string) => Promise<void>} createUser Makes a user
 *   others can write to. One who exists stays as he is.
 * @property {(domains: readonly string[]) => Promise<void>} alsoServe Serves these domains besides
 *   its own, and no others any more; each has users and data of its own. Not as a node of a cluster.
 * @property {(command: string, parameters?: object) => Promise<unknown>} call the REST API
 * @property {Promise<void>} ended resolves when ejabberd ends, for whatever reason
 * @property {() => Promise<void>} stop
 * @property {(isStalled: boolean) => void} stall Lets ejabberd stand still, or go on: nothing is
 *   answered, and no connection ends.
 * @property {() => Promise<void>} kill As a power failure would; `restart` brings it back.
 * @property {() => Promise<void>} restart On the same ports, with the same data.
 */

/** Everything a server takes up is given back when it does not start. */
export async function startServer(/** @type {ServerOptions} */ options = {}) {
  /** @type {(() => unknown)[]} */
  const undo = []
  try {
    return await start(options, undo)
  } catch (error) {
    for (const step of undo.reverse()) await step()
    throw error
  }
}

/**
 * @param {ServerOptions} options
 * @param {(() => unknown)[]} undo what a stop has to do, in reverse order
 * @returns {Promise<Server>}
 */
async function start(options, undo) {
  const ejabberd = findEjabberd(options.version)
  const isTemporary = options.folder === undefined
  const folder = resolve(options.folder ?? temporaryFolder('imkit-server'))
  if (isTemporary) undo.push(() => rmSync(folder, { recursive: true, force: true }))
  for (const part of ['log', 'mnesia']) mkdirSync(join(folder, part), { recursive: true })

  const ports = options.ports ?? (await portsOf())
  const publicUrl = options.publicUrl ?? `http://127.0.0.1:${ports.public}`
  const domain = options.domain ?? 'localhost'
  const { cluster } = options
  const shared = cluster?.folder ?? folder
  const keyFile = join(shared, 'key.jwk')
  const key = signingKey(keyFile)
  const companionSecret = secret(join(shared, 'companion-secret'))
  const modules = options.hasOwnModules === false ? [] : compileOwnModules(ejabberd, folder)
  const postgres = cluster?.postgres ?? (await postgresFor(options, folder, ejabberd.schema))
  if (postgres && !cluster) undo.push(postgres.stop)

  const settings = {
    domain,
    ports,
    publicUrl,
    keyFile,
    uploadFolder: join(shared, 'upload'),
    companionSecret,
    fileSize: options.fileSize ?? 104_857_600,
    uploadQuota: options.uploadQuota,
    bytesPerSecond: options.bytesPerSecond,
    modules,
  }
  mkdirSync(settings.uploadFolder, { recursive: true })
  const write = (/** @type {readonly string[]} */ moreDomains) => {
    const own = { ...settings, moreDomains }
    const file = cluster ? nodeFile() : settingsFile(own, { folder, postgres })
    writeFileSync(join(folder, 'ejabberd.yml'), file, { mode: 0o600 })
  }
  const environment = cluster ? nodeEnvironment(settings, cluster.postgres) : {}
  write([])

  const apiUrl = `http://127.0.0.1:${ports.api}/api`
  const call = (/** @type {string} */ command, /** @type {object} */ parameters = {}) =>
    callApi({ apiUrl, domain }, command, parameters)
  const launch = () => startEjabberd({ ejabberd, folder, environment, node: cluster?.node, call })
  let child = await launch()

  return {
    url: `${publicUrl.replace(/^http/, 'ws')}/ws`,
    uploadUrl: `${publicUrl}/upload`,
    apiUrl,
    domain,
    version: ejabberd.version,
    folder,
    key,
    companionSecret,
    ports,
    postgres,
    call,
    async createUser(localpart, ofDomain = domain) {
      const user = { user: localpart, host: ofDomain }
      // The password is nobody's: users come with tokens.
      const password = randomBytes(24).toString('base64url')
      if ((await call('check_account', user)) === 0) return
      await call('register', { ...user, password })
    },
    async alsoServe(domains) {
      write(domains)
      await call('reload_config')
    },
    get ended() {
      return child.ended
    },
    async stop() {
      await child.end('SIGTERM')
      for (const step of undo.splice(0).reverse()) await step()
    },
    stall: (isStalled) => child.stall(isStalled),
    kill: () => child.end('SIGKILL'),
    async restart() {
      await child.end('SIGTERM')
      child = await launch()
    },
  }
}

/**
 * @param {ServerOptions} options
 * @param {string} folder
 * @param {string} schema
 */
async function postgresFor({ database }, folder, schema) {
  return database === 'postgres' ? startPostgres({ folder, schema }) : undefined
}

async function portsOf() {
  const [open = 0, api = 0, component = 0, client = 0] = await freePorts(4)
  return { public: open, api, component, client }
}

function secret(/** @type {string} */ file) {
  if (!existsSync(file)) writeFileSync(file, randomBytes(24).toString('base64url'), { mode: 0o600 })
  return readFileSync(file, 'utf8')
}
