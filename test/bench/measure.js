// Runs a scenario: all contenders in every round, each round beginning with another one, so that
// what the machine does meanwhile hits all alike.

import { openBrowser } from './browser.js'
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
/** Milliseconds in which 100,000 messages have been stored even on a busy machine. */
const setUpLimit = 240_000
/** Milliseconds in which a page is closed. */
const closeLimit = 15_000

const gaveUp = 'gave up'

/**
 * @param {Scenario} scenario
 * @param {Surroundings} surroundings
 * @returns {Promise<ScenarioResult>}
 */
export async function measure(scenario, surroundings) {
  /** @type {CaseResult[]} */
  const cases = []
  /** @type {Set<string>} */
  const out = new Set()
  for (const it of scenario.cases) {
    if (it.isLong && !surroundings.isLong) continue
    const contenders = await measureCase(scenario, it, out, surroundings)
    cases.push({ name: it.name, contenders })
    if (!scenario.isGrowing) continue
    for (const { contender, reason } of contenders) if (reason === gaveUp) out.add(contender)
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
  /** @type {Set<string>} */ out,
  /** @type {Surroundings} */ { contenders, rounds, browser, pages },
) {
  const entered = contenders.filter(({ id }) => scenario.only?.includes(id) ?? true)
  /** @type {Measured[]} */
  const measured = entered.map((contender) => ({
    contender: contender.id,
    name: contender.name,
    reason: out.has(contender.id) ? gaveUp : scenario.cannot?.(contender, it),
    medians: {},
    samples: {},
  }))
  /**
   * Whoever does not get through is not asked again.
   *
   * @template Result
   */
  const attempt = async (
    /** @type {number} */ turn,
    /** @type {number} */ round,
    /** @type {number} */ limit,
    /** @type {(run: import('./scenario.js').Run) => Promise<Result>} */ what,
  ) => {
    const contender = /** @type {Contender} */ (entered[turn])
    const result = /** @type {Measured} */ (measured[turn])
    if (result.reason !== undefined) return undefined
    const { run, end } = newRun(it, contender, round, browser, pages)
    try {
      return await withinTime(what(run), limit)
    } catch (error) {
      result.reason = error instanceof GaveUp ? gaveUp : 'failed'
      if (!(error instanceof GaveUp)) console.error(`${contender.name}:`, error)
      return undefined
    } finally {
      await end()
    }
  }
  const { setUp } = scenario
  if (setUp) for (const turn of entered.keys()) await attempt(turn, 0, setUpLimit, setUp)
  for (let round = 0; round < (scenario.isOnce ? 1 : rounds); round++) {
    for (let at = 0; at < entered.length; at++) {
      const turn = (at + round) % entered.length
      const samples = measured[turn]?.samples ?? {}
      const sample = await attempt(
        turn,
        round,
        it.limit ?? scenario.limit ?? usualLimit,
        scenario.run,
      )
      for (const [metric, value] of Object.entries(sample ?? {})) {
        ;(samples[metric] ??= []).push(value)
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
  const open = async (query = '', page = contender.page) => {
    const fresh = await browser.open(`${pages.address}/${page}${query}`)
    opened.push(fresh)
    return fresh
  }
  /** @type {import('./browser.js').BenchBrowser[]} */
  const others = []
  const openElsewhere = async (query = '', page = contender.page) => {
    const other = await openBrowser()
    others.push(other)
    return other.open(`${pages.address}/${page}${query}`)
  }
  return {
    run: { case: it, contender, round, open, openElsewhere },
    end: async () => {
      // One that has not been got through may not even answer to this.
      const closed = Promise.all([
        ...opened.map(({ page }) => page.close()),
        ...others.map((other) => other.close()),
      ])
      await withinTime(closed, closeLimit).catch(() => undefined)
    },
  }
}

class GaveUp extends Error {}

/**
 * @template Result
 * @param {Promise<Result>} result
 * @param {number} limit milliseconds
 */
async function withinTime(result, limit) {
  /** @type {NodeJS.Timeout | undefined} */
  let timer
  // Its page is closed then, which ends it with an error that nobody waits for any more.
  result.catch(() => undefined)
  /** @type {Promise<never>} */
  const end = new Promise((_, reject) => {
    timer = setTimeout(() => reject(new GaveUp()), limit)
  })
  try {
    return await Promise.race([result, end])
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
