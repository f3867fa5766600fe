// `npm test`: everything that must hold, from a fresh checkout on. Ends with one line of counts; a
// step that fails without counting anything counts as one failure.

import { spawn } from 'node:child_process'
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { env, exit, platform } from 'node:process'
import { findOrInstallEjabberd } from '../server/ejabberd-package.js'
import { findOrInstallHaproxy } from '../server/haproxy-package.js'
import { findOrInstallPostgres } from '../server/postgres-package.js'
import { findOrInstallProsody } from '../server/prosody-package.js'
import { findOrInstallSlixmpp } from '../server/slixmpp-package.js'
import { findOrInstallBrowser } from './browser.js'
import { exampleNames } from './examples.js'
import { root, setUp } from './set-up.js'

/** @typedef {{ passed: number, failed: number, skipped: number }} Counts */

let passed = 0
let failed = 0

try {
  setUp()
  env.CHROME_PATH = await findOrInstallBrowser()
} catch (error) {
  console.error(error instanceof Error ? error.message : error)
  exit(1)
}

for (const findOrInstall of [
  findOrInstallEjabberd,
  findOrInstallPostgres,
  findOrInstallHaproxy,
  findOrInstallProsody,
  findOrInstallSlixmpp,
]) {
  try {
    findOrInstall()
  } catch (error) {
    // The tests that need it fail, and the others are worth running.
    console.error(error instanceof Error ? error.message : error)
  }
}

const { scripts } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'))
/** The parts of `npm run check`; that of the package builds it first. */
const checks = Object.keys(scripts).filter(
  (script) => script.startsWith('check:') && script !== 'check:package',
)
const hasStories = hasFiles('stories', '.stories.ts')
const hasStorySpecs = hasFiles('test/stories', '.spec.ts')
const summaries = mkdtempSync(join(tmpdir(), 'imkit-test-'))

// Its types are checked with the rest.
await step('install:companion')
// Without a browser's timing in them, these may share the cores. The browsers have them alone.
await twoAtATime([
  // As long as all the others, so it begins with them.
  async () => {
    await step('check:package')
    await step('test:node')
    await step('test:installed-companion')
  },
  ...checks.map((check) => () => step(check)),
  () => step('build:demo'),
  ...(hasStories ? [() => step('build-storybook')] : []),
])
// Two at a time by itself.
await step('build:examples')
await step('test:templates')
await webTestRunner()
await playwright('test:e2e', ['e2e', 'server', ...(hasStorySpecs ? ['stories'] : [])])
await playwright('test:examples', [...exampleNames, 'getting-started'])

rmSync(summaries, { recursive: true, force: true })
console.log(`\n${passed} passed, ${failed} failed`)
exit(failed === 0 ? 0 : 1)

/** Runs all of them, the next one whenever one of two has ended. */
async function twoAtATime(/** @type {(() => Promise<void>)[]} */ steps) {
  const left = [...steps]
  const lane = async () => {
    for (let next = left.shift(); next; next = left.shift()) await next()
  }
  await Promise.all([lane(), lane()])
}

/** A step that counts only when it fails, and is only then worth reading. */
async function step(/** @type {string} */ script) {
  const start = Date.now()
  const { status, output } = await run(script, [], 'pipe')
  const seconds = ((Date.now() - start) / 1000).toFixed(1)
  if (status === 0) return console.log(`✓ npm run ${script} (${seconds} s)`)
  console.log(`\n✗ npm run ${script} (${seconds} s)\n${output}`)
  failed += 1
}

async function webTestRunner() {
  const summary = join(summaries, 'wtr.json')
  const { status } = await run('test:wtr', [], 'inherit', { WTR_SUMMARY: summary })
  /** @type {Record<string, Counts>} */
  const counts = existsSync(summary) ? JSON.parse(readFileSync(summary, 'utf8')) : {}
  count('Web Test Runner', status, counts, ['unit', 'component', 'contract'])
}

/**
 * @param {string} script
 * @param {string[]} expected the projects of its configuration
 */
async function playwright(script, expected) {
  const summary = join(summaries, `${script.replace(':', '-')}.json`)
  const { status } = await run(script, ['--reporter=list,json'], 'inherit', {
    PLAYWRIGHT_JSON_OUTPUT_FILE: summary,
    IMKIT_DEMO_IS_BUILT: 'yes',
  })
  /** @type {Record<string, Counts>} */
  const counts = {}
  if (existsSync(summary)) {
    countSpecs(JSON.parse(readFileSync(summary, 'utf8')).suites, counts)
  }
  count(`npm run ${script}`, status, counts, expected)
}

/**
 * Adds up what a runner reports. Nothing may be missing silently: a kind of test without a test is
 * a failure, and so are a test that was skipped and a runner that broke off.
 *
 * @param {string} runner
 * @param {number} status
 * @param {Record<string, Counts>} counts
 * @param {string[]} expected
 */
function count(runner, status, counts, expected) {
  const failedBefore = failed
  for (const kind of Object.values(counts)) {
    passed += kind.passed
    failed += kind.failed + kind.skipped
    if (kind.skipped > 0) console.log(`✗ ${runner} skipped ${kind.skipped}`)
  }
  for (const kind of expected.filter((kind) => counts[kind] === undefined)) {
    console.log(`✗ ${runner} ran no test of ${kind}`)
    failed += 1
  }
  if (status !== 0 && failed === failedBefore) {
    console.log(`✗ ${runner} ended with status ${status}`)
    failed += 1
  }
}

/**
 * Playwright's JSON report: suites in suites, specs in them, one test per project.
 *
 * @typedef {{ projectName: string, status: string }} Test
 * @typedef {{ suites?: Suite[], specs?: { tests: Test[] }[] }} Suite
 * @param {Suite[]} suites
 * @param {Record<string, Counts>} counts
 */
function countSpecs(suites, counts) {
  for (const { suites: inner = [], specs = [] } of suites) {
    for (const { projectName, status } of specs.flatMap((spec) => spec.tests)) {
      const kind = (counts[projectName] ??= { passed: 0, failed: 0, skipped: 0 })
      if (status === 'expected') kind.passed += 1
      else if (status === 'skipped') kind.skipped += 1
      else kind.failed += 1
    }
    countSpecs(inner, counts)
  }
}

/**
 * Runs a script of package.json.
 *
 * @param {string} script
 * @param {string[]} options
 * @param {'pipe' | 'inherit'} stdio
 * @param {Record<string, string>} extraEnv
 * @returns {Promise<{ status: number, output: string }>}
 */
function run(script, options, stdio, extraEnv = {}) {
  const child = spawn('npm', ['run', '--silent', script, '--', ...options], {
    cwd: root,
    stdio: ['ignore', stdio, stdio],
    env: { ...env, ...extraEnv },
    // npm is a .cmd file on Windows, which only a shell starts.
    shell: platform === 'win32',
  })
  let output = ''
  for (const stream of [child.stdout, child.stderr]) {
    stream?.setEncoding('utf8').on('data', (/** @type {string} */ text) => (output += text))
  }
  return new Promise((resolve) => {
    child.on('close', (status) => resolve({ status: status ?? 1, output }))
    child.on('error', (error) => resolve({ status: 1, output: `${output}${error.message}\n` }))
  })
}

function hasFiles(/** @type {string} */ folder, /** @type {string} */ ending) {
  return (
    existsSync(join(root, folder)) &&
    readdirSync(join(root, folder), { recursive: true }).some((file) =>
      String(file).endsWith(ending),
    )
  )
}
