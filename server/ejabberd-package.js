// Finds ejabberd on this machine, and gets it where that is possible: from Debian, and a newer one
// than the stable release has from Debian's backports.

import { spawnSync } from 'node:child_process'
import { existsSync, mkdirSync, readdirSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { homedir } from 'node:os'
import { join } from 'node:path'
import { env, getuid } from 'node:process'
import { debian } from './debian.js'

/**
 * @typedef {object} EjabberdPackage
 * @property {string} version as `24.12`
 * @property {string[]} libraries what `ERL_LIBS` must name, the first ones first
 * @property {string} schema the folder with the SQL that makes its tables
 * @property {string} includes the folder with the headers of its XMPP library
 */

const howToGetOne =
  'No ejabberd: on Debian install ejabberd, erlang-p1-sqlite3 and erlang-p1-pgsql, or run ' +
  '`npm run server` once as root, which does that.'

/** What ejabberd brings along in a newer version than stable; the rest of stable's fits. */
const backported = [
  'ejabberd',
  'erlang-jose',
  ...['utils', 'yaml', 'yconf', 'acme', 'cache-tab', 'eimp', 'mqtree', 'pkix'],
  ...['stringprep', 'tls', 'stun', 'xml', 'zlib', 'xmpp'],
].map((name, index) => (index < 2 ? name : `erlang-p1-${name}`))

/** Backports are unpacked there, beside what is installed and shared by all checkouts. */
const cache = join(env.XDG_CACHE_HOME || join(homedir(), '.cache'), 'imkit', 'ejabberd-backports')

/**
 * The ejabberd of that version, or the newest there is. Throws one line that says what to do when
 * there is none.
 *
 * @param {string} [version] as `24.12`
 * @returns {EjabberdPackage}
 */
export function findEjabberd(version) {
  const found = [cache, '/']
    .flatMap((root) => packagesIn(root))
    .filter((it) => version === undefined || it.version === version)
  if (found[0] === undefined) {
    throw new Error(version === undefined ? howToGetOne : `No ejabberd ${version} on this machine.`)
  }
  return found[0]
}

/**
 * Like findEjabberd(), but gets what is missing where it can: Debian's packages as root, the
 * backports as anybody. Says what it does; that there are no backports is no failure.
 *
 * @returns {EjabberdPackage}
 */
export function findOrInstallEjabberd() {
  if (packagesIn('/').length === 0) {
    if (!debian.isHere || getuid?.() !== 0) throw new Error(howToGetOne)
    console.log('Installing Debian’s ejabberd.')
    debian.install('ejabberd', 'erlang-p1-sqlite3', 'erlang-p1-pgsql')
  }
  if (packagesIn(cache).length === 0 && debian.isHere) {
    try {
      unpackBackports()
    } catch (error) {
      const { version } = findEjabberd()
      console.warn(
        `No newer ejabberd from Debian’s backports, so it is ${version}: taking a message back ` +
          `leaves it in the archive. (${error instanceof Error ? error.message : error})`,
      )
    }
  }
  return findEjabberd()
}

/** @returns {EjabberdPackage[]} */
function packagesIn(/** @type {string} */ root) {
  const erlang = join(root, 'usr/lib/erlang/lib')
  return foldersOf(join(root, 'usr/lib'))
    .filter((folder) => folder.endsWith('-linux-gnu'))
    .flatMap((folder) => {
      const libraries = join(root, 'usr/lib', folder)
      const names = foldersOf(libraries).map((name) => /^ejabberd-(\d+\.\d+)$/.exec(name))
      const xmpp = foldersOf(erlang).find((name) => /^p1_xmpp-/.test(name))
      return names.flatMap((match) =>
        match?.[1] === undefined || xmpp === undefined
          ? []
          : {
              version: match[1],
              libraries: root === '/' ? [libraries] : [erlang, libraries],
              schema: join(root, 'usr/share/ejabberd/sql'),
              includes: join(erlang, xmpp, 'include'),
            },
      )
    })
}

function foldersOf(/** @type {string} */ folder) {
  return existsSync(folder) ? readdirSync(folder) : []
}

/**
 * Downloads the backports with an apt state of their own and unpacks them: nothing is installed,
 * and the system's own package lists stay as they are.
 */
function unpackBackports() {
  const folder = `${cache}.${process.pid}`
  try {
    for (const part of ['lists/partial', 'archives/partial', 'debs', 'root']) {
      mkdirSync(join(folder, part), { recursive: true })
    }
    const sources = join(folder, 'sources.list')
    writeFileSync(
      sources,
      ['bookworm', 'bookworm-backports']
        .map((suite) => `deb [signed-by=${debian.keyring}] ${debian.mirror()} ${suite} main\n`)
        .join(''),
    )
    const options = [
      `Dir::Etc::sourcelist=${sources}`,
      'Dir::Etc::sourceparts=/dev/null',
      `Dir::State::lists=${join(folder, 'lists')}`,
      `Dir::Cache=${folder}`,
      'APT::Sandbox::User=root',
    ].flatMap((option) => ['-o', option])
    console.log('Getting a newer ejabberd from Debian’s backports.')
    run('apt-get', [...options, '-qq', 'update'], folder)
    const wanted = backported.map((name) => {
      const versions = run('apt-cache', [...options, 'madison', name], folder)
      const version = /\S*~bpo\S*/.exec(versions)?.[0]
      if (version === undefined) throw new Error(`there is no ${name}`)
      return `${name}=${version}`
    })
    const debs = join(folder, 'debs')
    run('apt-get', [...options, '-qq', 'download', ...wanted], debs)
    for (const file of readdirSync(debs)) {
      run('dpkg', ['-x', join(debs, file), join(folder, 'root')], folder)
    }
    // Somebody else may have been faster; then theirs is as good.
    if (!existsSync(cache)) renameSync(join(folder, 'root'), cache)
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

function run(
  /** @type {string} */ command,
  /** @type {string[]} */ args,
  /** @type {string} */ cwd,
) {
  const { status, stdout, stderr, error } = spawnSync(command, args, { cwd, encoding: 'utf8' })
  if (status !== 0) {
    const reason = error?.message ?? stderr.trim().split('\n').at(-1)
    throw new Error(`${command} ended with ${status}: ${reason}`)
  }
  return stdout
}
