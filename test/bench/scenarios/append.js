import { baseline } from '../contenders.js'
import { prepared, ratio } from '../scenario.js'

const perSecond = 200
const usual = '1,000 in 5 s'
const long = '12,000 in 60 s'

/** @type {import('../scenario.js').Scenario} */
export default {
  letter: 'b',
  id: 'append',
  title: 'Messages arriving at 200 a second, at the end of the list',
  cases: [
    { name: usual, setup: 1000 },
    { name: long, setup: 12_000, isLong: true, limit: 240_000 },
  ],
  metrics: {
    busy: { title: 'main thread busy', unit: 'ms', isCompared: true },
    longestFrame: { title: 'longest frame', unit: 'ms' },
    offBottom: { title: 'off the bottom', unit: 'px', digits: 1 },
    lastShown: { title: 'last one shown after', unit: 'ms' },
  },

  limit: 150_000,

  async run(run) {
    const archive = { id: 'busy', count: 100 }
    const count = run.case.setup
    // What has arrived is stored: each run needs a database of its own.
    const setup = { name: `append-${count}-${run.round}`, archives: [archive] }
    const { page, busy } = await prepared(run, { setup })
    await page.evaluate((archive) => bench.open(archive), archive)
    const before = await busy()
    const sample = await page.evaluate(({ archive, pace }) => bench.append(archive, pace), {
      archive,
      pace: { count, perSecond },
    })
    return { busy: (await busy()) - before, ...sample }
  },

  bars: (value) =>
    [usual, long].flatMap((name) => {
      const ours = (/** @type {string} */ metric) => value(name, 'ours', metric)
      if (name === long && ours('busy') === undefined) return []
      return [
        {
          text: `${name}: busy, times "visible 30"`,
          value: ratio(ours('busy'), value(name, baseline, 'busy')),
          most: 1.3,
        },
        { text: `${name}: longest frame, ms`, value: ours('longestFrame'), most: 50 },
        { text: `${name}: off the bottom, px`, value: ours('offBottom'), most: 1 },
        { text: `${name}: last one shown, ms`, value: ours('lastShown'), most: 50 },
      ]
    }),
}
