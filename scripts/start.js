// `npm start`: the demo on a development server. Arguments go to vite (`npm start -- --port 8080`).

import { spawn } from 'node:child_process'
import { join } from 'node:path'
import { argv, env, execPath, platform } from 'node:process'
import { root, setUp } from './set-up.js'

setUp()

const hasDisplay =
  platform === 'darwin' || platform === 'win32' || env.DISPLAY || env.WAYLAND_DISPLAY
const open = hasDisplay && !env.CI ? ['--open'] : []

const vite = spawn(
  execPath,
  [join(root, 'node_modules/vite/bin/vite.js'), ...open, ...argv.slice(2)],
  { cwd: root, stdio: 'inherit' },
)
vite.on('exit', (code) => (process.exitCode = code ?? 1))
// Ctrl+C reaches vite as well; this one only has to outlive it.
process.on('SIGINT', () => {})
process.on('SIGTERM', () => vite.kill())
