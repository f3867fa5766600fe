// What Web Test Runner's reports lack: files fail for errors that nobody caught, and the counts
// come in a form that scripts/test.js can add up.

import { writeFileSync } from 'node:fs'
import { relative, sep } from 'node:path'
import { env } from 'node:process'
import { root } from './set-up.js'

/**
 * @typedef {import('@web/test-runner').Reporter} Reporter
 * @typedef {import('@web/test-runner').TestSession} TestSession
 * @typedef {import('@web/test-runner').TestSuiteResult} TestSuiteResult
 * @typedef {{ passed: number, failed: number, skipped: number }} Counts
 */

/** The mark that test/support/uncaught.js logs with. */
const mark = '[uncaught]'

/**
 * Fails a file in whose page an error or a rejection went uncaught. Must be the first reporter: the
 * others and the exit code go by what it writes into the session.
 *
 * @returns {Reporter}
 */
export function failOnUncaught() {
  return {
    reportTestFileResults({ sessionsForTestFile }) {
      for (const session of sessionsForTestFile) {
        const uncaught = session.logs.filter((log) => log[0] === mark)
        if (uncaught.length === 0 || !session.passed) continue
        session.passed = false
        session.errors.push(
          ...uncaught.map(([, reason]) => ({
            message: `Nobody caught: ${reason?.message ?? reason}`,
            stack: reason?.stack,
          })),
        )
      }
    },
  }
}

/**
 * Ends with one line of counts, and writes them by kind of test (`unit`, `component`, …) as JSON to
 * the file that WTR_SUMMARY names.
 *
 * @returns {Reporter}
 */
export function wtrSummary() {
  return {
    onTestRunFinished({ sessions }) {
      /** @type {Record<string, Counts>} */
      const kinds = {}
      for (const session of sessions) {
        const kind = relative(root, session.testFile).split(sep)[1] ?? ''
        kinds[kind] = add(kinds[kind] ?? none, count(session))
      }
      const { passed, failed, skipped } = Object.values(kinds).reduce(add, none)
      console.log(`\nwtr: ${passed} passed, ${failed} failed, ${skipped} skipped`)
      if (env.WTR_SUMMARY) writeFileSync(env.WTR_SUMMARY, JSON.stringify(kinds))
    },
  }
}

const none = { passed: 0, failed: 0, skipped: 0 }

/** @returns {Counts} */
function count(/** @type {TestSession} */ session) {
  const counts = session.testResults ? countSuite(session.testResults) : none
  // A file that did not load or broke off is one failure beside those of its tests.
  return session.passed || counts.failed > 0 ? counts : { ...counts, failed: 1 }
}

/** @returns {Counts} */
function countSuite(/** @type {TestSuiteResult} */ suite) {
  const own = {
    passed: suite.tests.filter((test) => test.passed && !test.skipped).length,
    failed: suite.tests.filter((test) => !test.passed && !test.skipped).length,
    skipped: suite.tests.filter((test) => test.skipped).length,
  }
  return suite.suites.map(countSuite).reduce(add, own)
}

/** @returns {Counts} */
function add(/** @type {Counts} */ a, /** @type {Counts} */ b) {
  return {
    passed: a.passed + b.passed,
    failed: a.failed + b.failed,
    skipped: a.skipped + b.skipped,
  }
}
