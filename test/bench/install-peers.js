// The peers are packages of this folder alone. They come when they are first needed.

import { spawnSync } from 'node:child_process'
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { platform } from 'node:process'

export function installPeers() {
  const cwd = import.meta.dirname
  if (existsSync(join(cwd, 'node_modules/.package-lock.json'))) return
  console.error('Installing the peers (npm ci in test/bench).')
  const { status } = spawnSync('npm', ['ci', '--ignore-scripts'], {
    cwd,
    stdio: ['ignore', 2, 2],
    // npm is a .cmd file on Windows, which only a shell starts.
    shell: platform === 'win32',
  })
  if (status !== 0) throw new Error('npm ci failed; --without-peers does without them.')
}
