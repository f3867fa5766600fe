import { prepared, queryOf, storedBefore } from '../scenario.js'
import { longConversation } from '../setups.js'

const name = '10,000 messages'

/** @type {import('../scenario.js').Scenario} */
export default {
  letter: 'j',
  id: 'elements',
  title: 'Elements in the document, shadow roots included',
  cases: [{ name, setup: longConversation(10_000) }],
  metrics: {
    opened: { title: 'opened', unit: '' },
    scrolled: { title: 'after 80,000 px upwards', unit: '' },
  },
  limit: 30_000,
  isOnce: true,
  setUp: storedBefore,

  async run(run) {
    const { page, setup } = await prepared(run, { query: queryOf(run) })
    return page.evaluate(async ([archive]) => {
      await bench.open(archive)
      const opened = bench.countElements()
      const { elements } = await bench.scrollFast(archive, { speed: 800, frames: 100 })
      return { opened, scrolled: elements }
    }, setup.archives)
  },

  bars(value) {
    const counts = ['opened', 'scrolled'].flatMap((metric) => value(name, 'ours', metric) ?? [])
    return [{ text: 'elements', value: counts.length ? Math.max(...counts) : undefined, most: 600 }]
  },
}
