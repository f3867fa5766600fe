// `npm run build:examples`: packs the library as it would be published, and installs and builds
// every example with that package, two at a time. Names as arguments build only those.

import { spawn } from 'node:child_process'
import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { argv, env, exit, platform } from 'node:process'
import { pathToFileURL } from 'node:url'
import { pack } from './pack.js'
import { root } from './set-up.js'

/** Those that take longest first. */
export const exampleNames = ['next', 'angular', 'svelte', 'vue', 'react', 'migrated-vue', 'html']

/** @param {readonly string[]} names */
async function buildExamples(names) {
  pack()
  let hasFailed = false
  const left = [...names]
  const lane = async () => {
    for (let name = left.shift(); name; name = left.shift()) {
      const start = Date.now()
      const { status, output } = await build(name)
      const seconds = ((Date.now() - start) / 1000).toFixed(1)
      console.log(`${status === 0 ? '✓' : '✗'} examples/${name} (${seconds} s)`)
      if (status === 0) continue
      console.log(output)
      hasFailed = true
    }
  }
  await Promise.all([lane(), lane()])
  return hasFailed
}

async function build(/** @type {string} */ name) {
  const folder = join(root, 'examples', name)
  const stale = staleDependencies(folder)
  if (stale) return { status: 1, output: stale }
  const installed = await npm(folder, 'ci', '--prefer-offline', '--include=dev')
  if (installed.status !== 0) return installed
  return npm(folder, 'run', 'build', '--if-present')
}

/**
 * The lock file says what imkit depends on and not which imkit it is: its package is made anew each
 * time. What is wrong when they differ, else nothing.
 */
function staleDependencies(/** @type {string} */ folder) {
  const { packages } = JSON.parse(readFileSync(join(folder, 'package-lock.json'), 'utf8'))
  const { dependencies } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'))
  const { integrity, dependencies: locked } = packages['node_modules/imkit']
  if (integrity === undefined && JSON.stringify(locked) === JSON.stringify(dependencies)) return
  return 'package-lock.json does not fit the package: run `npm run lock:examples`.'
}

/**
 * @param {string} folder
 * @param {string[]} options
 * @returns {Promise<{ status: number, output: string }>}
 */
function npm(folder, ...options) {
  const child = spawn('npm', options, {
    cwd: folder,
    stdio: ['ignore', 'pipe', 'pipe'],
    env: { ...env, NEXT_TELEMETRY_DISABLED: '1' },
    // npm is a .cmd file on Windows, which only a shell starts.
    shell: platform === 'win32',
  })
  let output = ''
  for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding('utf8').on('data', (text) => (output += text))
  }
  return new Promise((resolve) => {
    child.on('close', (status) => resolve({ status: status ?? 1, output }))
    child.on('error', (error) => resolve({ status: 1, output: `${output}${error.message}\n` }))
  })
}

if (argv[1] && import.meta.url === pathToFileURL(argv[1]).href) {
  if (!existsSync(join(root, 'dist'))) {
    console.error('Nothing to pack: run `npm run build` first.')
    exit(1)
  }
  const names = argv.length > 2 ? argv.slice(2) : exampleNames
  exit((await buildExamples(names)) ? 1 : 0)
}
