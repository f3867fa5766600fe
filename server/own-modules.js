// Our own modules of ejabberd, compiled for the ejabberd that is to load them.

import { spawnSync } from 'node:child_process'
import { mkdirSync, readdirSync } from 'node:fs'
import { basename, join } from 'node:path'
import { env } from 'node:process'

const sources = join(import.meta.dirname, 'ejabberd-modules')

/**
 * Compiles them into the folder's `modules`. Where there is no compiler the server runs without.
 * Each module names itself among the server's features, as `urn:imkit:0:ack`: so clients know.
 *
 * @param {import('./ejabberd-package.js').EjabberdPackage} ejabberd
 * @param {string} folder
 * @returns {string[]} the modules to load
 */
export function compileOwnModules(ejabberd, folder) {
  const target = join(folder, 'modules')
  mkdirSync(target, { recursive: true })
  const files = readdirSync(sources).filter((name) => name.endsWith('.erl'))
  const args = ['-I', ejabberd.includes, '-o', target, ...files]
  const libraries = { ...env, ERL_LIBS: ejabberd.libraries.join(':') }
  const { status, error, stdout } = spawnSync('erlc', args, {
    cwd: sources,
    encoding: 'utf8',
    env: libraries,
  })
  if (status === 0) return files.map((name) => basename(name, '.erl'))
  if (error && 'code' in error && error.code === 'ENOENT') {
    console.warn('No erlc: the server runs without imkit’s own modules, and clients do with less.')
    return []
  }
  throw new Error(`erlc: ${stdout}`)
}
