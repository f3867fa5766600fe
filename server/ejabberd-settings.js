// What of ejabberd's configuration is of one server: small files that include the large one.

import { readFileSync } from 'node:fs'
import { join } from 'node:path'

const files = join(import.meta.dirname, 'ejabberd')

/** The configuration that all servers share. */
const shared = join(files, 'ejabberd.yml')

/** Those of our own modules that take requests, where they are there. */
const sockets = 'mod_imkit_sockets'
const uploads = 'mod_imkit_uploads'

/** Where `node.yml` expects it, in a container. */
const sharedInContainer = '/opt/imkit/ejabberd/ejabberd.yml'

/**
 * @typedef {object} Settings
 * @property {string} domain
 * @property {readonly string[]} [moreDomains] served besides it, each with data of its own
 * @property {{ public: number, api: number, component: number, client: number }} ports
 * @property {string} publicUrl where pages reach the public port
 * @property {string} keyFile
 * @property {string} uploadFolder
 * @property {string} companionSecret
 * @property {number} fileSize largest upload, in bytes
 * @property {number | undefined} uploadQuota what the files of one user may take up, in bytes
 * @property {readonly string[]} modules our own, those there are
 * @property {number | undefined} bytesPerSecond what one client may send
 */

/**
 * The `ejabberd.yml` of a server that stands alone. All values are JSON, which YAML takes.
 *
 * @param {Settings} settings
 * @param {object} storage
 * @param {string} storage.folder for SQLite
 * @param {import('./start-postgres.js').Postgres | undefined} storage.postgres
 */
export function settingsFile(settings, { folder, postgres }) {
  const { moreDomains = [], modules, uploadQuota = 'infinity' } = settings
  const sqlite = {
    sql_type: 'sqlite',
    sql_database: join(folder, 'imkit.sqlite'),
    // It has one writer.
    sql_pool_size: 1,
    host_config: Object.fromEntries(
      moreDomains.map((domain) => [domain, { sql_database: join(folder, `${domain}.sqlite`) }]),
    ),
  }
  const options = {
    ...(moreDomains.length > 0 && { hosts: moreDomains }),
    define_macro: macrosOf(settings),
    ...(postgres ? sqlOf(postgres) : sqlite),
    include_config_file: [shared],
    modules: Object.fromEntries(
      modules.map((name) => [name, name === uploads ? { quota: uploadQuota } : {}]),
    ),
  }
  return Object.entries(options)
    .map(([name, value]) => `${name}: ${JSON.stringify(value)}\n`)
    .join('')
}

/** The `ejabberd.yml` of a node of a cluster: the very file that the containers have. */
export function nodeFile() {
  return readFileSync(join(files, 'node.yml'), 'utf8').replace(sharedInContainer, shared)
}

/**
 * What a node of a cluster finds in its environment.
 *
 * @param {Settings} settings
 * @param {import('./start-postgres.js').Postgres} postgres
 * @returns {Record<string, string>}
 */
export function nodeEnvironment(settings, postgres) {
  const { host, port, database, user, password } = postgres
  const macros = {
    ...macrosOf(settings),
    SQL_SERVER: host,
    SQL_PORT: port,
    SQL_DATABASE: database,
    SQL_USER: user,
    SQL_PASSWORD: password,
  }
  return Object.fromEntries(
    Object.entries(macros).map(([name, value]) => [
      `EJABBERD_MACRO_${name}`,
      typeof value === 'string' ? value : JSON.stringify(value),
    ]),
  )
}

/** @param {Settings} settings */
function macrosOf(settings) {
  const { domain, ports, bytesPerSecond } = settings
  return {
    DOMAIN: domain,
    COMPANION_DOMAIN: `companion.${domain}`,
    COMPANION_SECRET: settings.companionSecret,
    JWT_KEY: settings.keyFile,
    PUBLIC_ADDRESS: '127.0.0.1',
    PUBLIC_PORT: ports.public,
    PRIVATE_ADDRESS: '127.0.0.1',
    API_PORT: ports.api,
    COMPONENT_PORT: ports.component,
    CLIENT_PORT: ports.client,
    NEIGHBOURS: ['127.0.0.0/8'],
    UPLOAD_FOLDER: settings.uploadFolder,
    UPLOAD_URL: `${settings.publicUrl}/upload/@HOST@`,
    UPLOAD_LIMIT: settings.fileSize,
    SOCKET_HANDLER: settings.modules.includes(sockets) ? sockets : 'ejabberd_http_ws',
    UPLOAD_HANDLER: settings.modules.includes(uploads) ? uploads : 'mod_http_upload',
    CLIENT_SHAPER: bytesPerSecond === undefined ? 'none' : 'client',
    // Only read when the line above names it.
    CLIENT_RATE: bytesPerSecond ?? 1_000_000,
  }
}

/** @param {import('./start-postgres.js').Postgres} postgres */
function sqlOf({ host, port, database, user, password }) {
  return {
    sql_type: 'pgsql',
    sql_server: host,
    sql_port: port,
    sql_database: database,
    sql_username: user,
    sql_password: password,
    // Each is slow the first time it asks something; more serve no more on one machine.
    sql_pool_size: 4,
  }
}
