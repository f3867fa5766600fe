import { prepared, queryOf, storedBefore } from '../scenario.js'
import { longConversation } from '../setups.js'

const short = '600 frames each way'
const whole = 'all the way'
const speed = 800

/** @type {import('../scenario.js').Scenario} */
export default {
  letter: 'e',
  id: 'fast-scroll',
  title: 'Fast scroll through 10,000 messages, 800 px a frame, up and back',
  cases: [
    { name: short, setup: { ...longConversation(10_000), frames: 600 } },
    {
      name: whole,
      setup: { ...longConversation(10_000), frames: 2500 },
      isLong: true,
      limit: 240_000,
    },
  ],
  metrics: {
    late: { title: 'late frames', unit: '%', digits: 1 },
    blank: { title: 'blank', unit: '%', digits: 2 },
    moved: { title: 'moved of what was asked', unit: '%', digits: 1 },
    passed: { title: 'messages passed', unit: '' },
  },
  setUp: storedBefore,

  async run(run) {
    const { page, setup } = await prepared(run, { query: queryOf(run) })
    const { late, blank, moved, passed } = await page.evaluate(
      async ({ archives: [archive], speed, frames }) => {
        await bench.open(archive)
        return bench.scrollFast(archive, { speed, frames })
      },
      { ...setup, speed },
    )
    return { late: late * 100, blank: blank * 100, moved: moved * 100, passed }
  },

  bars: (value) =>
    [short, whole].flatMap((name) => {
      const ours = (/** @type {string} */ metric) => value(name, 'ours', metric)
      if (name === whole && ours('late') === undefined) return []
      return [
        { text: `${name}: late frames, %`, value: ours('late'), most: 5 },
        { text: `${name}: blank, %`, value: ours('blank'), most: 1 },
        { text: `${name}: moved of what was asked, %`, value: ours('moved'), least: 99.9 },
      ]
    }),
}
