// A Prosody on this machine, with a folder of its own: what somebody has who runs a small server.

import { createHash, createHmac, pbkdf2Sync, randomBytes } from 'node:crypto'
import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { connect } from 'node:net'
import { join } from 'node:path'
import process from 'node:process'
import { freePorts } from './free-ports.js'
import { findProsody } from './prosody-package.js'
import { startChild } from './start-child.js'
import { temporaryFolder } from './temporary-folder.js'

const configuration = join(import.meta.dirname, 'prosody', 'prosody.cfg.lua')

/** How long a start may take, in milliseconds. On an idle machine it is half a second. */
const patience = 30_000

/** Rounds of hashing a password is kept with; what Prosody does by itself. */
const iterations = 10_000

/**
 * @typedef {object} ProsodyOptions
 * @property {string} [domain] `localhost`
 * @property {number} [fileSize] largest upload, in bytes: 100 MB
 * @property {readonly string[]} [without] modules it is started without, as `mam`
 */

/**
 * @typedef {object} Prosody
 * @property {string} url of the WebSocket
 * @property {string} uploadUrl
 * @property {string} domain
 * @property {string} version
 * @property {{ public: number, client: number }} ports
 * @property {(localpart: string, password: string) => void} createUser Makes a user.
 * @property {() => Promise<void>} stop
 */

/** @returns {Promise<Prosody>} */
export async function startProsody(/** @type {ProsodyOptions} */ options = {}) {
  const { program, version } = findProsody()
  const { domain = 'localhost', fileSize = 104_857_600, without = [] } = options
  const folder = temporaryFolder('imkit-prosody')
  const remove = () => rmSync(folder, { recursive: true, force: true })
  const [open = 0, client = 0] = await freePorts(2)
  const publicUrl = `http://127.0.0.1:${open}`
  const accounts = join(folder, 'data', fileName(domain), 'accounts')
  mkdirSync(accounts, { recursive: true })
  const settings = join(folder, 'prosody.cfg.lua')
  writeFileSync(settings, configurationWithout(without))

  const log = join(folder, 'prosody.log')
  const child = await startChild(program, ['--config', settings, '-F'], {
    folder,
    log,
    env: {
      ...process.env,
      IMKIT_FOLDER: folder,
      IMKIT_DOMAIN: domain,
      IMKIT_PUBLIC_HOST: new URL(publicUrl).hostname,
      IMKIT_PUBLIC_PORT: String(open),
      IMKIT_CLIENT_PORT: String(client),
      IMKIT_PUBLIC_URL: publicUrl,
      IMKIT_UPLOAD_LIMIT: String(fileSize),
    },
  })
  const deadline = Date.now() + patience
  while (!(await isOpen(open)) || !(await isOpen(client))) {
    if (child.isRunning && Date.now() < deadline) {
      await new Promise((resolve) => setTimeout(resolve, 50))
      continue
    }
    await child.end('SIGKILL')
    const lines = readFileSync(log, 'utf8').trim().split('\n').slice(-5).join('\n')
    remove()
    throw new Error(`Prosody did not start:\n${lines}`)
  }

  return {
    url: `ws://127.0.0.1:${open}/xmpp-websocket`,
    uploadUrl: `${publicUrl}/file_share`,
    domain,
    version,
    ports: { public: open, client },
    createUser(localpart, password) {
      writeFileSync(join(accounts, `${fileName(localpart)}.dat`), accountOf(password))
    },
    async stop() {
      await child.end('SIGTERM')
      remove()
    },
  }
}

/** The configuration, with the modules taken out of it that a test wants to miss. */
function configurationWithout(/** @type {readonly string[]} */ modules) {
  const text = readFileSync(configuration, 'utf8')
  return modules.reduce((rest, name) => rest.replace(`"${name}",`, ''), text)
}

/** As Prosody calls the files of a host or a user: everything but letters and digits is escaped. */
function fileName(/** @type {string} */ name) {
  return name.replace(/[^A-Za-z0-9]/gu, (character) =>
    Buffer.from(character).toString('hex').replace(/../g, '%$&'),
  )
}

/**
 * What `mod_auth_internal_hashed` keeps of a password (RFC 5802, 3). Prosody reads it at each login,
 * so that a user is there at once; `prosodyctl register` takes a fifth of a second for each.
 */
function accountOf(/** @type {string} */ password) {
  const salt = randomBytes(16).toString('hex')
  const salted = pbkdf2Sync(password, salt, iterations, 20, 'sha1')
  const keyed = (/** @type {string} */ text) => createHmac('sha1', salted).update(text).digest()
  const account = {
    iteration_count: iterations,
    salt,
    stored_key: createHash('sha1').update(keyed('Client Key')).digest('hex'),
    server_key: keyed('Server Key').toString('hex'),
  }
  const fields = Object.entries(account).map(
    ([name, value]) => `\t[${JSON.stringify(name)}] = ${JSON.stringify(value)};\n`,
  )
  return `return {\n${fields.join('')}};\n`
}

function isOpen(/** @type {number} */ port) {
  return new Promise((resolve) => {
    const socket = connect(port, '127.0.0.1')
    socket.once('connect', () => resolve(true)).once('error', () => resolve(false))
    socket.once('close', () => socket.destroy())
    socket.once('connect', () => socket.destroy())
  })
}
