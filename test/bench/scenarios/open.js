import { baseline } from '../contenders.js'
import { prepared, ratio, storedBefore } from '../scenario.js'
import { longConversation } from '../setups.js'

const sizes = [50, 1000, 10_000, 100_000]
const nameOf = (/** @type {number} */ count) => `${count} messages`

/** @type {import('../scenario.js').Scenario} */
export default {
  letter: 'a',
  id: 'open',
  title: 'Open a conversation',
  cases: sizes.map((count) => ({ name: nameOf(count), setup: longConversation(count) })),
  metrics: { open: { title: 'open', unit: 'ms', isCompared: true } },
  limit: 20_000,
  isGrowing: true,
  setUp: storedBefore,

  async run(run) {
    const { page, setup } = await prepared(run)
    return { open: await page.evaluate(([archive]) => bench.open(archive), setup.archives) }
  },

  bars(value) {
    const ours = (/** @type {number} */ count) => value(nameOf(count), 'ours', 'open')
    const base = (/** @type {number} */ count) => value(nameOf(count), baseline, 'open')
    return [
      ...sizes.map((count) => ({
        text: `${nameOf(count)}, times "visible 30"`,
        value: ratio(ours(count), base(count)),
        most: 2,
      })),
      { text: '100000 messages, times 50', value: ratio(ours(100_000), ours(50)), most: 1.5 },
    ]
  },
}
