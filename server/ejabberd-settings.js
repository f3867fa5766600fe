// What of ejabberd's configuration is of this machine: a small file that includes the large one.

import { join } from 'node:path'

/** The configuration that all servers share. */
const shared = join(import.meta.dirname, 'ejabberd', 'ejabberd.yml')

/**
 * @typedef {object} Settings
 * @property {string} domain
 * @property {string} folder of the data
 * @property {{ public: number, api: number, component: number, client: number }} ports
 * @property {string} publicUrl where pages reach the public port
 * @property {string} keyFile
 * @property {string} companionSecret
 * @property {number} fileSize largest upload, in bytes
 * @property {number | undefined} bytesPerSecond what one client may send
 * @property {import('./start-postgres.js').Postgres | undefined} postgres SQLite without it
 * @property {readonly string[]} modules loaded besides those of the shared configuration
 */

/**
 * The text of `ejabberd.yml`. All values are JSON, which YAML takes.
 *
 * @param {Settings} settings
 */
export function ejabberdSettings(settings) {
  const { domain, folder, ports, publicUrl, keyFile, companionSecret, modules } = settings
  const macros = {
    DOMAIN: domain,
    ROOMS_DOMAIN: `rooms.${domain}`,
    UPLOAD_DOMAIN: `upload.${domain}`,
    PUBSUB_DOMAIN: `pubsub.${domain}`,
    COMPANION_DOMAIN: `companion.${domain}`,
    COMPANION_SECRET: companionSecret,
    JWT_KEY: keyFile,
    PUBLIC_ADDRESS: '127.0.0.1',
    PUBLIC_PORT: ports.public,
    PRIVATE_ADDRESS: '127.0.0.1',
    API_PORT: ports.api,
    COMPONENT_PORT: ports.component,
    CLIENT_PORT: ports.client,
    NEIGHBOURS: ['127.0.0.0/8'],
    UPLOAD_FOLDER: join(folder, 'upload'),
    UPLOAD_URL: `${publicUrl}/upload`,
    UPLOAD_LIMIT: settings.fileSize,
    ...shapers(settings.bytesPerSecond),
  }
  return yaml({
    define_macro: macros,
    ...database(settings),
    include_config_file: [shared],
    append_host_config: {
      [domain]: { modules: Object.fromEntries(modules.map((name) => [name, {}])) },
    },
  })
}

function shapers(/** @type {number | undefined} */ bytesPerSecond) {
  return bytesPerSecond === undefined
    ? { SHAPERS: {}, CLIENT_SHAPER: 'none' }
    : {
        SHAPERS: { client: { rate: bytesPerSecond, burst_size: bytesPerSecond } },
        CLIENT_SHAPER: 'client',
      }
}

/** @param {Settings} settings */
function database({ folder, postgres }) {
  if (postgres === undefined) {
    // SQLite has one writer.
    return { sql_type: 'sqlite', sql_database: join(folder, 'imkit.sqlite'), sql_pool_size: 1 }
  }
  return {
    sql_type: 'pgsql',
    sql_server: postgres.host,
    sql_port: postgres.port,
    sql_database: postgres.database,
    sql_username: postgres.user,
    sql_password: postgres.password,
    sql_pool_size: 10,
  }
}

function yaml(/** @type {Record<string, unknown>} */ options) {
  return Object.entries(options)
    .map(([name, value]) => `${name}: ${JSON.stringify(value)}\n`)
    .join('')
}
