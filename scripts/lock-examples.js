// `npm run lock:examples`: renews the lock files of the examples after the dependencies of imkit
// have changed. They do not say which imkit it is: its package is made anew each time.

import { spawnSync } from 'node:child_process'
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { exampleNames } from './examples.js'
import { pack } from './pack.js'
import { root } from './set-up.js'

pack()
for (const name of exampleNames) {
  const folder = join(root, 'examples', name)
  const file = join(folder, 'package-lock.json')
  // npm takes what is locked for true.
  edit(file, (packages) => delete packages['node_modules/imkit'])
  const { status } = spawnSync('npm', ['install', '--package-lock-only'], {
    cwd: folder,
    stdio: 'inherit',
    shell: process.platform === 'win32',
  })
  if (status !== 0) throw new Error(`npm install failed in ${folder}.`)
  edit(file, (packages) => delete packages['node_modules/imkit']?.integrity)
}

/**
 * @param {string} file
 * @param {(packages: Record<string, { integrity?: string }>) => void} change
 */
function edit(file, change) {
  const lock = JSON.parse(readFileSync(file, 'utf8'))
  change(lock.packages)
  writeFileSync(file, `${JSON.stringify(lock, null, 2)}\n`)
}
