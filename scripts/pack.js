// `npm run pack`: dist-pack/imkit.tgz, what `npm publish` would upload, under a name that stays.

import { spawnSync } from 'node:child_process'
import { mkdirSync, readdirSync, renameSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { root } from './set-up.js'

const folder = join(root, 'dist-pack')

/** Packs what is in dist/, which has to be built. */
export function pack() {
  rmSync(folder, { recursive: true, force: true })
  mkdirSync(folder)
  const { status } = spawnSync(
    'npm',
    ['pack', '--ignore-scripts', '--silent', '--pack-destination', folder],
    // npm is a .cmd file on Windows, which only a shell starts.
    { cwd: root, stdio: ['ignore', 'ignore', 'inherit'], shell: process.platform === 'win32' },
  )
  const [tarball] = readdirSync(folder)
  if (status !== 0 || tarball === undefined) throw new Error('npm pack failed.')
  renameSync(join(folder, tarball), join(folder, 'imkit.tgz'))
}

if (process.argv[1] && import.meta.url === pathToFileURL(process.argv[1]).href) pack()
