// The images that the compose files name, made of Debian's packages where no registry has them to
// give: enough of each to try the rest.

import { spawnSync } from 'node:child_process'
import { copyFileSync, cpSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { execPath } from 'node:process'
import { debian } from '../../server/debian.js'

const files = join(import.meta.dirname, 'stand-ins')

const base = 'debian:bookworm-slim'

/** Of services, and what stands in for them under a name of its own. */
const images = {
  postgres: 'postgres:16',
  haproxy: 'haproxy:2.8',
  companion: 'node:20-slim',
}

/** The images that the services are to have: their own, or what stands in for them. */
export function imagesToTry() {
  let areStandIns = false
  if (!isThere(base)) {
    makeBase()
    areStandIns = true
  }
  const choose = (/** @type {keyof typeof images} */ service) => {
    if (isThere(images[service])) return images[service]
    console.log(`${images[service]} can’t be had here: Debian’s packages stand in for it.`)
    areStandIns = true
    return makeStandIn(service)
  }
  return {
    postgres: choose('postgres'),
    haproxy: choose('haproxy'),
    companion: choose('companion'),
    areStandIns,
  }
}

/** On this machine, or now fetched. */
function isThere(/** @type {string} */ image) {
  return ['inspect', 'pull'].some(
    (command) => spawnSync('docker', ['image', command, image]).status === 0,
  )
}

/** What the image of that name is, too: a Debian without anything that need not be there. */
function makeBase() {
  const folder = mkdtempSync(join(tmpdir(), 'imkit-debian-'))
  try {
    const root = join(folder, 'root')
    run('debootstrap', ['--variant=minbase', 'bookworm', root, debian.mirror()])
    rmSync(join(root, 'etc/apt/sources.list'))
    writeFileSync(
      join(root, 'etc/apt/sources.list.d/debian.sources'),
      `Types: deb\nURIs: ${debian.mirror()}\nSuites: bookworm bookworm-updates\nComponents: main\nSigned-By: ${debian.keyring}\n`,
    )
    // How this machine gets at packages.
    cpSync('/etc/apt/apt.conf.d', join(root, 'etc/apt/apt.conf.d'), { recursive: true })
    const archive = join(folder, 'root.tar')
    run('tar', ['--create', '--directory', root, '--file', archive, '.'])
    run('docker', ['import', archive, base])
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

function makeStandIn(/** @type {string} */ service) {
  const name = `imkit-stand-in-${service}`
  const folder = mkdtempSync(join(tmpdir(), `${name}-`))
  try {
    cpSync(files, folder, { recursive: true })
    copyFileSync(execPath, join(folder, 'node'))
    run('docker', ['build', '--tag', name, '--file', join(folder, `${service}.Dockerfile`), folder])
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
  return name
}

function run(/** @type {string} */ command, /** @type {string[]} */ args) {
  const { status, error, stderr } = spawnSync(command, args, {
    encoding: 'utf8',
    maxBuffer: 2 ** 26,
  })
  if (status !== 0) throw new Error(`${command} ended with ${status}: ${error?.message ?? stderr}`)
}
