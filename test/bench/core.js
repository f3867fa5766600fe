// Measures the core and the store over a real IndexedDB in Chromium: `node test/bench/core.js`
// prints a table and, with `--json FILE`, writes the numbers. Names of measurements choose some:
// `node test/bench/core.js list open`. `--profile NAME` prints where one of them spends its time.

import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { argv, exit } from 'node:process'
import { parseArgs } from 'node:util'
import { chromium } from 'playwright-core'
import { createServer } from 'vite'
import { browserFlags, findBrowser } from '../../scripts/browser.js'

const { values: options, positionals: chosen } = parseArgs({
  args: argv.slice(2),
  allowPositionals: true,
  options: {
    json: { type: 'string' },
    profile: { type: 'string' },
    messages: { type: 'string', default: '100000' },
  },
})
const stored = Number(options.messages)

/**
 * @typedef {Record<string, number>} Numbers
 * @type {{ name: string, run: () => Promise<unknown> }[]}
 */
const measurements = []
/** @type {{ name: string, numbers: Numbers }[]} */
const results = []

const server = await createServer({
  root: join(import.meta.dirname, '../..'),
  logLevel: 'error',
  server: { host: '127.0.0.1', port: 0, hmr: false, watch: null },
})
await server.listen()
const folder = await mkdtemp(join(tmpdir(), 'imkit-bench-'))
// An ordinary profile: in a private one IndexedDB lives in memory.
const browser = await chromium.launchPersistentContext(folder, {
  executablePath: await findBrowser(),
  args: browserFlags,
})
const page = await browser.newPage()
page.on('pageerror', (error) => console.error('page:', error.message))
page.on('console', (message) => {
  if (message.type() === 'error') console.error('page:', message.text())
})
const cdp = await browser.newCDPSession(page)
// Processor time of the main thread: what others do on the machine does not count.
await cdp.send('Performance.enable', { timeDomain: 'threadTicks' })
await page.goto(`${server.resolvedUrls?.local[0]}test/bench/core.html`)
await page.waitForFunction(() => 'bench' in window)

/**
 * Calls a method of the page's bench and notes its numbers, with the main thread's time.
 *
 * @param {string} name
 * @param {string} method
 * @param {unknown} [value]
 */
async function measure(name, method, value) {
  const isProfiled = options.profile === name
  if (isProfiled) {
    await cdp.send('Profiler.enable')
    await cdp.send('Profiler.setSamplingInterval', { interval: 200 })
    await cdp.send('Profiler.start')
  }
  const before = await mainThread()
  const numbers = await call(method, value)
  const work = (await mainThread()) - before
  if (isProfiled) printProfile((await cdp.send('Profiler.stop')).profile)
  results.push({
    name,
    numbers: { mainThread: work, .../** @type {Numbers} */ (numbers) },
  })
}

/**
 * @param {string} method
 * @param {unknown} [value]
 */
function call(method, value) {
  return page.evaluate(
    ([method, value]) => /** @type {any} */ (window).bench[/** @type {string} */ (method)](value),
    [method, value],
  )
}

/** Milliseconds of work so far. */
async function mainThread() {
  const { metrics } = await cdp.send('Performance.getMetrics')
  return (metrics.find(({ name }) => name === 'TaskDuration')?.value ?? 0) * 1000
}

/** @param {any} profile */
function printProfile({ nodes, samples, timeDeltas }) {
  /** @type {Map<number, number>} */
  const own = new Map()
  samples.forEach((/** @type {number} */ id, /** @type {number} */ index) =>
    own.set(id, (own.get(id) ?? 0) + timeDeltas[index] / 1000),
  )
  /** @type {Map<string, number>} */
  const byFunction = new Map()
  for (const { id, callFrame } of nodes) {
    const file = callFrame.url.split('/').pop().split('?')[0]
    const name = `${callFrame.functionName || '(anonymous)'} ${file}:${callFrame.lineNumber + 1}`
    byFunction.set(name, (byFunction.get(name) ?? 0) + (own.get(id) ?? 0))
  }
  const sorted = [...byFunction].sort((one, other) => other[1] - one[1]).slice(0, 45)
  for (const [name, time] of sorted) console.log(time.toFixed(1).padStart(8), name)
}

const ingest = { count: 10_000, groups: 50 }
measurements.push(
  {
    name: 'catchUp',
    run: async () => {
      await measure('catch up, batches of 200', 'catchUp', { ...ingest, size: 200 })
      await measure('catch up, one batch', 'catchUp', { ...ingest, size: 10_000 })
      await measure('catch up, batches of 1', 'catchUp', { ...ingest, count: 1000, size: 1 })
    },
  },
  {
    name: 'open',
    run: async () => {
      await call('catchUp', { count: 50, groups: 1, firstGroup: 901, size: 50 })
      await call('catchUp', { count: stored, groups: 1, firstGroup: 902, size: 500 })
      await call('connect')
      for (const [group, count] of [
        [901, 50],
        [902, stored],
      ]) {
        for (const time of ['first', 'again']) {
          await call('showStore')
          await new Promise((done) => setTimeout(done, 500))
          await measure(`open, ${count} stored, ${time}`, 'open', { group })
          await call('hideStore')
        }
      }
      await call('disconnect')
    },
  },
  {
    name: 'list',
    run: async () => {
      await call('seedConversations', { count: 50_000, unread: 50 })
      await call('connect')
      await measure('list of 50,000', 'openList')
      await measure('list of 50,000, again', 'openList')
      await call('disconnect')
    },
  },
)

try {
  for (const { name, run } of measurements) {
    if (chosen.length && !chosen.includes(name)) continue
    await run()
    await call('clear')
  }
  for (const { name, numbers } of results) {
    const line = Object.entries(numbers).map(
      ([key, value]) => `${key} ${Math.round(value * 10) / 10}`,
    )
    console.log(`${name.padEnd(28)} ${line.join(', ')}`)
  }
  if (options.json) await writeFile(options.json, JSON.stringify(results, undefined, 2))
} finally {
  await browser.close()
  await server.close()
  await rm(folder, { recursive: true, force: true })
}
exit(0)
