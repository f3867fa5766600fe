// Brings node_modules to what the lock file says. Node's own modules only: this runs before
// `npm ci`.

import { spawnSync } from 'node:child_process'
import { existsSync, readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath, pathToFileURL } from 'node:url'

/** The folder of the project. */
export const root = dirname(dirname(fileURLToPath(import.meta.url)))

/** Runs `npm ci` unless what is installed is what the lock file says. Throws when it fails. */
export function setUp() {
  if (isInstalled()) return
  console.log('Installing what package-lock.json says (npm ci).')
  // NODE_ENV=production would leave out the tools.
  const { status } = spawnSync('npm', ['ci', '--include=dev'], {
    cwd: root,
    stdio: 'inherit',
    // npm is a .cmd file on Windows, which only a shell starts.
    shell: process.platform === 'win32',
  })
  if (status !== 0) throw new Error('npm ci failed.')
}

/**
 * npm leaves a copy of the lock file in node_modules when it is done, less what is for other
 * systems. Comparing the two needs no stamp of our own and sees an `npm install` as well.
 */
function isInstalled() {
  const wanted = packagesOf(join(root, 'package-lock.json'))
  const installed = packagesOf(join(root, 'node_modules/.package-lock.json'))
  return (
    Object.entries(wanted).every(([path, entry]) => {
      const present = installed[path]
      if (path === '') return true
      if (present === undefined) return entry.optional === true || entry.peer === true
      return present.version === entry.version && present.integrity === entry.integrity
    }) && Object.keys(installed).every((path) => path in wanted)
  )
}

/**
 * @typedef {{ version?: string, integrity?: string, optional?: boolean, peer?: boolean }} Entry
 * @returns {Record<string, Entry>}
 */
function packagesOf(/** @type {string} */ lockFile) {
  return existsSync(lockFile) ? JSON.parse(readFileSync(lockFile, 'utf8')).packages : {}
}

if (process.argv[1] && import.meta.url === pathToFileURL(process.argv[1]).href) setUp()
