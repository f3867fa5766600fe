// What a scenario is, and what most of them do alike.

/**
 * @typedef {import('./contenders.js').Contender} Contender
 * @typedef {import('./browser.js').BenchPage} BenchPage
 *
 * What is measured once for a contender, by name.
 * @typedef {Record<string, number>} Sample
 *
 * @typedef {object} Case
 * @property {string} name
 * @property {any} [setup] what `run` needs to know
 * @property {boolean} [isLong] only with --long
 * @property {number} [limit] in place of the scenario's
 *
 * @typedef {object} Run
 * @property {Case} case
 * @property {Contender} contender
 * @property {number} round
 * @property {(query?: string, page?: string) => Promise<BenchPage>} open a fresh page, the
 *   contender's own unless another one is named
 * @property {(query?: string, page?: string) => Promise<BenchPage>} openElsewhere the same in a
 *   browser of its own, as another person has one
 *
 * @typedef {object} Metric
 * @property {string} title
 * @property {string} unit
 * @property {number} [digits] behind the point
 * @property {boolean} [isCompared] with the baseline’s, as a ratio
 *
 * What is asked for. Without a value it could not be measured.
 * @typedef {{ text: string, value: number | undefined, most: number }
 *   | { text: string, value: number | undefined, least: number }} Bar
 *
 * @typedef {object} Scenario
 * @property {string} letter
 * @property {string} id
 * @property {string} title
 * @property {Case[]} cases
 * @property {Record<string, Metric>} metrics by name, as in a sample
 * @property {number} [limit] milliseconds a run may take: a contender that takes longer gave up
 * @property {string[]} [only] ids of contenders; all without it
 * @property {boolean} [isGrowing] each case asks more than the one before: who gave up is out
 * @property {boolean} [isOnce] the same every time: one round is enough
 * @property {(contender: Contender, it: Case) => string | undefined} [cannot] why a contender can't
 * @property {(run: Run) => Promise<void>} [setUp] before the rounds, once for a contender
 * @property {(run: Run) => Promise<Sample>} run
 * @property {(value: (name: string, contender: string, metric: string) => number | undefined) => Bar[]} bars
 */

/** A fresh page with the list in it and the case's archives stored, before the clock runs. */
export async function prepared(
  /** @type {Run} */ { case: it, open },
  { query = '', setup = it.setup } = {},
) {
  const bench = await open(query)
  await bench.page.evaluate((setup) => globalThis.bench.prepare(setup), setup)
  return { ...bench, setup }
}

/** Where a list is scrolled, the least there can be is a list that can be scrolled. */
export function queryOf(/** @type {Run} */ { contender }) {
  return contender.id === 'visible' ? '?long' : ''
}

/** Writing to the database keeps a machine busy for a while, and is not what is measured. */
export async function storedBefore(/** @type {Run} */ run) {
  if (run.contender.id === 'ours') await prepared(run)
}

/** @returns {number | undefined} */
export function ratio(
  /** @type {number | undefined} */ value,
  /** @type {number | undefined} */ base,
) {
  return value === undefined || !base ? undefined : value / base
}
