// Serves Web Test Runner's test files bundled. As single modules a test page asks for some hundred
// files, and each is resolved, read and compiled again for each page: that took longer than the
// tests themselves.

import { readdirSync } from 'node:fs'
import { join, relative, sep } from 'node:path'
import { context } from 'esbuild'
import { root } from './set-up.js'

/** What a test starts by its address: the script of a frame or a worker. */
const startedByAddress = /\.frame\.ts$|\.worker\.ts$/

/**
 * The browser tells of an unhandled rejection a task later, too late for one from a file's last
 * test. So every file ends with a hook that waits a moment.
 */
const lingerAfterTests = '\nafter(() => new Promise((done) => setTimeout(done, 20)))'

/**
 * Each test file keeps its own address, by which it finds what lies beside it; what several of them
 * use is in chunks. In watch mode a test file that is asked for is bundled anew.
 *
 * @param {{ folders: string[], isWatching: boolean }} options
 * @returns {import('@web/dev-server-core').Plugin}
 */
export function bundledTests({ folders, isWatching }) {
  /** @type {import('esbuild').BuildContext} */
  let bundler
  /** @type {Map<string, string>} the bundles by their address */
  let served = new Map()

  async function bundle() {
    const { outputFiles = [] } = await bundler.rebuild()
    served = new Map(outputFiles.map(({ path, text }) => [addressOf(path), text]))
  }

  return {
    name: 'bundled-tests',
    async serverStart() {
      bundler = await context({
        entryPoints: folders.flatMap(entriesIn),
        bundle: true,
        splitting: true,
        format: 'esm',
        target: 'es2022',
        // Lit warns of mistakes in its development build only.
        conditions: ['development'],
        tsconfig: join(root, 'tsconfig.json'),
        outbase: root,
        outdir: root,
        chunkNames: 'test/chunks/[hash]',
        sourcemap: 'linked',
        write: false,
        logLevel: 'warning',
      })
      await bundle()
    },
    async serverStop() {
      await bundler.dispose()
    },
    async serve({ path }) {
      if (isWatching && path.endsWith('.test.ts')) await bundle()
      const body = served.get(path.replace(/\.ts$/, '.js'))
      if (body === undefined) return undefined
      return {
        body: path.endsWith('.test.ts') ? body + lingerAfterTests : body,
        type: path.endsWith('.map') ? 'json' : 'js',
      }
    },
  }
}

function entriesIn(/** @type {string} */ folder) {
  return readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' })
    .filter((file) => file.endsWith('.test.ts') || startedByAddress.test(file))
    .map((file) => join(root, folder, file))
}

function addressOf(/** @type {string} */ path) {
  return `/${relative(root, path).split(sep).join('/')}`
}
