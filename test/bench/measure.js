// Runs a scenario: all contenders in every round, each round beginning with another one, so that
// what the machine does meanwhile hits all alike.

import { baseline } from './contenders.js'

/**
 * @typedef {import('./scenario.js').Scenario} Scenario
 * @typedef {import('./scenario.js').Case} Case
 * @typedef {import('./contenders.js').Contender} Contender
 *
 * @typedef {object} Measured
 * @property {string} contender
 * @property {string} name
 * @property {string} [reason] why there are no numbers
 * @property {Record<string, number>} medians by metric
 * @property {Record<string, number[]>} samples
 *
 * @typedef {object} CaseResult
 * @property {string} name
 * @property {Measured[]} contenders
 *
 * @typedef {object} ScenarioResult
 * @property {string} letter
 * @property {string} id
 * @property {string} title
 * @property {Scenario['metrics']} metrics
 * @property {string} baseline
 * @property {CaseResult[]} cases
 * @property {(import('./scenario.js').Bar & { isMet: boolean | undefined })[]} bars
 *
 * @typedef {object} Surroundings
 * @property {Contender[]} contenders
 * @property {number} rounds
 * @property {boolean} isLong
 * @property {import('./browser.js').BenchBrowser} browser
 * @property {import('./serve.js').Pages} pages
 */

/** Milliseconds a run may take if the scenario says nothing. */
const usualLimit = 60_000

/**
 * @param {Scenario} scenario
 * @param {Surroundings} surroundings
 * @returns {Promise<ScenarioResult>}
 */
export async function measure(scenario, surroundings) {
  /** @type {CaseResult[]} */
  const cases = []
  for (const it of scenario.cases) {
    if (it.isLong && !surroundings.isLong) continue
    cases.push({ name: it.name, contenders: await measureCase(scenario, it, surroundings) })
  }
  const { letter, id, title, metrics } = scenario
  const value = (
    /** @type {string} */ name,
    /** @type {string} */ contender,
    /** @type {string} */ metric,
  ) =>
    cases.find((it) => it.name === name)?.contenders.find((it) => it.contender === contender)
      ?.medians[metric]
  const bars = scenario.bars(value).map((bar) => ({ ...bar, isMet: isMet(bar) }))
  return { letter, id, title, metrics, baseline, cases, bars }
}

/** @returns {Promise<Measured[]>} */
async function measureCase(
  /** @type {Scenario} */ scenario,
  /** @type {Case} */ it,
  /** @type {Surroundings} */ { contenders, rounds, browser, pages },
) {
  const entered = contenders.filter(({ id }) => scenario.only?.includes(id) ?? true)
  /** @type {Measured[]} */
  const measured = entered.map((contender) => ({
    contender: contender.id,
    name: contender.name,
    reason: scenario.cannot?.(contender, it),
    medians: {},
    samples: {},
  }))
  for (const [turn, contender] of entered.entries()) {
    if (!scenario.setUp || measured[turn]?.reason !== undefined) continue
    const { run, end } = newRun(it, contender, 0, browser, pages)
    await scenario.setUp(run)
    await end()
  }
  for (let round = 0; round < (scenario.isOnce ? 1 : rounds); round++) {
    for (let at = 0; at < entered.length; at++) {
      const turn = (at + round) % entered.length
      const contender = /** @type {Contender} */ (entered[turn])
      const result = /** @type {Measured} */ (measured[turn])
      if (result.reason !== undefined) continue
      const { run, end } = newRun(it, contender, round, browser, pages)
      try {
        const sample = await withinTime(scenario.run(run), scenario.limit ?? usualLimit)
        for (const [metric, value] of Object.entries(sample)) {
          ;(result.samples[metric] ??= []).push(value)
        }
      } catch (error) {
        result.reason = error instanceof GaveUp ? 'gave up' : 'failed'
        if (!(error instanceof GaveUp)) console.error(`${contender.name}:`, error)
      } finally {
        await end()
      }
    }
  }
  for (const result of measured) {
    for (const [metric, samples] of Object.entries(result.samples)) {
      result.medians[metric] = median(samples)
    }
  }
  return measured
}

function newRun(
  /** @type {Case} */ it,
  /** @type {Contender} */ contender,
  /** @type {number} */ round,
  /** @type {import('./browser.js').BenchBrowser} */ browser,
  /** @type {import('./serve.js').Pages} */ pages,
) {
  /** @type {import('./browser.js').BenchPage[]} */
  const opened = []
  const open = async (query = '') => {
    const page = await browser.open(`${pages.address}/${contender.page}${query}`)
    opened.push(page)
    return page
  }
  return {
    run: { case: it, contender, round, open },
    end: async () => {
      for (const { page } of opened) await page.close()
    },
  }
}

class GaveUp extends Error {}

/** @returns {Promise<import('./scenario.js').Sample>} */
async function withinTime(
  /** @type {Promise<import('./scenario.js').Sample>} */ sample,
  /** @type {number} */ limit,
) {
  /** @type {NodeJS.Timeout | undefined} */
  let timer
  // Its page is closed then, which ends it with an error that nobody waits for any more.
  sample.catch(() => undefined)
  /** @type {Promise<never>} */
  const end = new Promise((_, reject) => {
    timer = setTimeout(() => reject(new GaveUp()), limit)
  })
  try {
    return await Promise.race([sample, end])
  } finally {
    clearTimeout(timer)
  }
}

/** @returns {boolean | undefined} */
function isMet(/** @type {import('./scenario.js').Bar} */ bar) {
  if (bar.value === undefined) return undefined
  return 'most' in bar ? bar.value <= bar.most : bar.value >= bar.least
}

/** @returns {number} */
function median(/** @type {number[]} */ values) {
  const sorted = [...values].sort((one, other) => one - other)
  const middle = Math.floor(sorted.length / 2)
  const upper = sorted[middle] ?? NaN
  return sorted.length % 2 ? upper : ((sorted[middle - 1] ?? NaN) + upper) / 2
}
