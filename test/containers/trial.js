// The containers of server/compose.production.yaml, started as its README says, in a copy of the
// folder.

import { spawn, spawnSync } from 'node:child_process'
import { once } from 'node:events'
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { basename, join } from 'node:path'
import process from 'node:process'
import { imagesToTry } from './stand-ins.js'

const server = join(import.meta.dirname, '../../server')

const project = 'imkit-trial'
const network = `${project}_default`

/** The domain is not the host that pages connect to: nothing may take one for the other. */
const domain = 'chat.example.org'
const publicHost = 'localhost'

/** How many files the services want to have open, and may where limits are as usual. */
const openFiles = { 'node-1': 65_536, 'node-2': 65_536, haproxy: 110_000 }

/** What only the commands have that start all of it. */
const start = '$EDITOR server/.env'

/** @typedef {Awaited<ReturnType<typeof startTrial>>} Trial */

/** The commands of the README that have this in them, as they stand there. */
export function commandsWith(/** @type {string} */ part) {
  return codeWith('sh', part)
}

/** Starts them. */
export async function startTrial() {
  const folder = mkdtempSync(join(tmpdir(), `${project}-`))
  const copy = join(folder, 'server')
  cpSync(server, copy, {
    recursive: true,
    filter: (path) => !['node_modules', 'dist', 'secrets', '.env'].includes(basename(path)),
  })
  mkdirSync(join(folder, 'application'))
  makeCertificate(folder)
  const images = imagesToTry()
  writeFileSync(join(copy, 'trial.json'), JSON.stringify(overrides(images)))
  fitTheMachine(copy)

  const env = {
    ...process.env,
    COMPOSE_PROJECT_NAME: project,
    PATH: `${join(import.meta.dirname, 'bin')}:${process.env.PATH}`,
    ...(images.areStandIns && { HAS_STAND_INS: 'yes' }),
    EDITOR: `sed -i s/^PUBLIC_HOST=.*/PUBLIC_HOST=${publicHost}/`,
  }

  /** Runs commands in the folder. Gives what they print. */
  const run = async (/** @type {string} */ commands, where = copy) => {
    const child = spawn('bash', ['-e', '-u', '-o', 'pipefail', '-c', commands], { cwd: where, env })
    let printed = ''
    let complaints = ''
    child.stdout.setEncoding('utf8').on('data', (part) => (printed += part))
    child.stderr.setEncoding('utf8').on('data', (part) => (complaints += part))
    const [status] = await once(child, 'close')
    if (status !== 0) throw new Error(`${commands}\nended with ${status}: ${complaints}`)
    return printed
  }
  const compose = (/** @type {string} */ commands) =>
    run(`docker compose -f compose.production.yaml ${commands}`)
  const stop = async () => {
    await compose('down --volumes')
    rmSync(folder, { recursive: true, force: true })
  }

  try {
    await run(commandsWith(start), folder)
  } catch (error) {
    console.log(await compose('ps'), await compose('logs --tail 50'))
    await stop()
    throw error
  }

  return {
    domain,
    network,
    url: `wss://${publicHost}/ws`,
    httpsUrl: `https://${publicHost}`,
    httpUrl: `http://${publicHost}`,
    key: JSON.parse(readFileSync(join(copy, 'secrets/key.jwk'), 'utf8')),
    run,
    compose,
    stop,

    /** Sends a signal to a container's first process, as the kernel would: nobody stopped it. */
    async signal(/** @type {string} */ service, /** @type {NodeJS.Signals} */ signal) {
      const format = '{{.State.Pid}}'
      const id = (await compose(`ps --quiet ${service}`)).trim()
      process.kill(Number(await run(`docker inspect --format '${format}' ${id}`)), signal)
    },

    /** As the README says: into the same file. */
    async renewCertificate() {
      makeCertificate(folder)
      const [command] = /^cat .*tls\.pem$/m.exec(commandsWith(start)) ?? []
      await run(String(command), folder)
    },

    /** The REST API, asked by a node itself. */
    async call(/** @type {string} */ command, /** @type {object} */ parameters = {}) {
      const answer = await compose(
        `exec -T node-1 curl --silent --fail-with-body http://nodes:5281/api/${command}/v2 --json '${JSON.stringify(parameters)}'`,
      )
      return JSON.parse(answer)
    },

    /** Runs code with what the README has for an application's server, where such a server is. */
    async runInApplication(/** @type {string} */ code) {
      const file = join(folder, 'application', 'run.mjs')
      writeFileSync(file, `${codeWith('js', 'createUser')}\n${code}`)
      cpSync(join(copy, 'secrets/key.jwk'), join(folder, 'application', 'key.jwk'))
      return run(
        `docker run --rm --network ${network} --volume ${folder}/application:/application:ro ` +
          `--workdir /application ${images.companion} node run.mjs`,
      )
    },
  }
}

/** A block of code of the README, by something that only it has. */
function codeWith(/** @type {string} */ language, /** @type {string} */ part) {
  const text = readFileSync(join(server, 'README.md'), 'utf8')
  const blocks = [...text.matchAll(/^```(\w+)\n([^]*?)^```/gm)].filter(
    ([, name, code]) => name === language && code?.includes(part),
  )
  const [, , code] = blocks[0] ?? []
  if (code === undefined || blocks.length > 1) {
    throw new Error(`README.md has ${blocks.length} blocks with ${part}`)
  }
  return code
}

/** Nobody has signed it. */
function makeCertificate(/** @type {string} */ folder) {
  const options = ['-x509', '-newkey', 'rsa:2048', '-nodes', '-days', '1']
  const names = ['-subj', `/CN=${publicHost}`, '-addext', `subjectAltName=DNS:${publicHost}`]
  const files = ['-keyout', 'privkey.pem', '-out', 'fullchain.pem']
  const { status, stderr } = spawnSync('openssl', ['req', ...options, ...names, ...files], {
    cwd: folder,
    encoding: 'utf8',
  })
  if (status !== 0) throw new Error(`openssl: ${stderr}`)
}

/** What the trial has other than the file: images that are there, and as many files as it may open. */
function overrides(/** @type {ReturnType<typeof imagesToTry>} */ images) {
  /** @type {Record<string, object>} */
  const services = Object.fromEntries(
    Object.entries(openFiles).map(([service, wanted]) => [
      service,
      { ulimits: { nofile: Math.min(wanted, mostOpenFiles()) } },
    ]),
  )
  return {
    services: {
      ...services,
      postgres: { build: { args: { POSTGRES: images.postgres } } },
      haproxy: { ...services.haproxy, image: images.haproxy },
      companion: { image: images.companion },
    },
  }
}

function mostOpenFiles() {
  const { stdout } = spawnSync('bash', ['-c', 'ulimit -Hn'], { encoding: 'utf8' })
  return stdout.trim() === 'unlimited' ? Infinity : Number(stdout)
}

/** HAProxy does not start with fewer files than its connections take. */
function fitTheMachine(/** @type {string} */ copy) {
  if (mostOpenFiles() >= openFiles.haproxy) return
  const file = join(copy, 'production/haproxy.cfg')
  const text = readFileSync(file, 'utf8')
  if (!text.includes('maxconn 50000')) throw new Error('haproxy.cfg has no maxconn 50000')
  writeFileSync(file, text.replace('maxconn 50000', 'maxconn 500'))
}
