// The browser that everything is measured in.

import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { chromium } from 'playwright-core'
import { browserFlags, findBrowser } from '../../scripts/browser.js'

/** The size of the list that is measured. */
const viewport = { width: 600, height: 700 }

/**
 * @typedef {object} BenchPage
 * @property {import('playwright-core').Page} page
 * @property {() => Promise<number>} busy milliseconds the main thread has worked so far
 * @property {() => Promise<Heap>} heap what is in use, after garbage has been collected
 *
 * @typedef {object} Heap in bytes
 * @property {number} used
 * @property {number} compiled what of it is the engine's: code it compiles the longer it runs
 *
 * @typedef {object} BenchBrowser
 * @property {string} version
 * @property {(url: string) => Promise<BenchPage>} open
 * @property {() => Promise<void>} close
 */

/**
 * With a folder for its data, as a user's has: without one it would keep databases in memory.
 *
 * @returns {Promise<BenchBrowser>}
 */
export async function openBrowser() {
  const folder = mkdtempSync(join(tmpdir(), 'imkit-bench-'))
  const context = await chromium.launchPersistentContext(folder, {
    executablePath: await findBrowser(),
    args: browserFlags,
    viewport,
  })
  return {
    version: context.browser()?.version() ?? 'unknown',
    open: (url) => openPage(context, url),
    close: async () => {
      await context.close()
      rmSync(folder, { recursive: true, force: true, maxRetries: 5 })
    },
  }
}

/** @returns {Promise<BenchPage>} */
async function openPage(
  /** @type {import('playwright-core').BrowserContext} */ context,
  /** @type {string} */ url,
) {
  const page = await context.newPage()
  page.on('pageerror', (error) => console.error(`${url}: ${error.message}`))
  const session = await context.newCDPSession(page)
  await session.send('Performance.enable', { timeDomain: 'threadTicks' })
  await page.goto(url)
  await page.waitForFunction(() =>
    ['bench', 'ingestBench', 'listBench', 'searchBench', 'serverBench'].some(
      (name) => name in globalThis,
    ),
  )
  const metric = async (/** @type {string} */ name) => {
    const { metrics } = await session.send('Performance.getMetrics')
    return metrics.find((metric) => metric.name === name)?.value ?? NaN
  }
  return {
    page,
    busy: async () => (await metric('TaskDuration')) * 1000,
    heap: async () => {
      await session.send('HeapProfiler.collectGarbage')
      await session.send('HeapProfiler.collectGarbage')
      return { used: await metric('JSHeapUsedSize'), compiled: await compiledCode(session) }
    },
  }
}

/** Bytes of the heap's nodes that are the engine's code. */
async function compiledCode(/** @type {import('playwright-core').CDPSession} */ session) {
  /** @type {string[]} */
  const chunks = []
  const keep = (/** @type {{ chunk: string }} */ { chunk }) => void chunks.push(chunk)
  session.on('HeapProfiler.addHeapSnapshotChunk', keep)
  await session.send('HeapProfiler.takeHeapSnapshot', { reportProgress: false })
  session.off('HeapProfiler.addHeapSnapshotChunk', keep)

  const { snapshot, nodes } = JSON.parse(chunks.join(''))
  const { node_fields: fields, node_types: types } = snapshot.meta
  const code = types[fields.indexOf('type')].indexOf('code')
  let bytes = 0
  for (let node = 0; node < nodes.length; node += fields.length) {
    if (nodes[node + fields.indexOf('type')] === code) {
      bytes += nodes[node + fields.indexOf('self_size')]
    }
  }
  return bytes
}
