import { baseline } from '../contenders.js'
import { ratio } from '../scenario.js'

const counts = [5000, 50_000]
const nameOf = (/** @type {number} */ count) => `${count} conversations`
const updates = 500
const perSecond = 500

/** @type {Record<string, string>} */
const pages = {
  ours: 'page/ours-conversations.html',
  visible: 'page/plain-conversations.html',
  all: 'page/plain-conversations.html?all',
}

/** Updates are stored: each round needs a database of its own. */
async function prepared(/** @type {import('../scenario.js').Run} */ run) {
  const { contender, round } = run
  const count = run.case.setup
  const { page, busy } = await run.open('', pages[contender.id])
  const name = `list-${count}-${round}`
  await page.evaluate((setup) => listBench.prepare(setup), { name, count })
  return { page, busy, count }
}

/** @type {import('../scenario.js').Scenario} */
export default {
  letter: 'd',
  id: 'conversations',
  title: 'A long conversation list, and 500 messages coming in all over it',
  cases: counts.map((count) => ({ name: nameOf(count), setup: count })),
  metrics: {
    first: { title: 'first paint', unit: 'ms', isCompared: true },
    update: { title: 'work for an update', unit: 'ms', digits: 2, isCompared: true },
  },
  only: Object.keys(pages),
  limit: 90_000,
  isGrowing: true,

  async run(run) {
    if (run.contender.id === 'ours') {
      // Stored by a page that is closed, so that writing is over when the clock runs.
      const { page } = await prepared(run)
      await page.close()
    }
    const { page, busy, count } = await prepared(run)
    const first = await page.evaluate(() => listBench.show())
    const before = await busy()
    await page.evaluate((options) => listBench.update(options), { count, updates, perSecond })
    return { first, update: ((await busy()) - before) / updates }
  },

  bars: (value) =>
    counts.flatMap((count) => {
      const of = (/** @type {string} */ contender, /** @type {string} */ metric) =>
        value(nameOf(count), contender, metric)
      return [
        {
          text: `${nameOf(count)}: first paint, times "visible 30"`,
          value: ratio(of('ours', 'first'), of(baseline, 'first')),
          most: 1.5,
        },
        { text: `${nameOf(count)}: work for an update, ms`, value: of('ours', 'update'), most: 1 },
      ]
    }),
}
