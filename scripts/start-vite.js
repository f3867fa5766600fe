// The development server with the demo, as `npm start` and `npm run start:server` have it.

import { spawn } from 'node:child_process'
import { join } from 'node:path'
import { argv, env, execPath, platform } from 'node:process'
import { root } from './set-up.js'

/**
 * Starts it. What the command was given goes to vite (`npm start -- --port 8080`).
 *
 * @param {Record<string, string>} [forPages] what pages find in `import.meta.env`; names begin
 *   with `VITE_`
 * @returns {Promise<number>} its exit code
 */
export async function startVite(forPages = {}) {
  const hasDisplay =
    platform === 'darwin' || platform === 'win32' || env.DISPLAY || env.WAYLAND_DISPLAY
  const open = hasDisplay && !env.CI ? ['--open'] : []

  const vite = spawn(
    execPath,
    [join(root, 'node_modules/vite/bin/vite.js'), ...open, ...argv.slice(2)],
    { cwd: root, stdio: 'inherit', env: { ...env, ...forPages } },
  )
  // Ctrl+C reaches vite as well; this one only has to outlive it.
  process.on('SIGINT', () => {})
  process.on('SIGTERM', () => vite.kill())
  return new Promise((resolve) => vite.on('exit', (code) => resolve(code ?? 1)))
}
