const groups = 50

const scripted = 'a backend that has all at hand, batches of 200'
const embedded = 'the embedded backend'

/** @type {import('../scenario.js').Scenario} */
export default {
  letter: 'g',
  id: 'ingest',
  title: 'What was missed, into the database',
  cases: [
    { name: scripted, setup: { count: 10_000, groups, size: 200 } },
    { name: embedded, setup: { count: 5000, groups } },
  ],
  metrics: {
    perSecond: { title: 'messages a second', unit: '' },
    work: { title: 'work of the main thread', unit: 'ms' },
    longestTask: { title: 'longest task over 50', unit: 'ms' },
  },
  only: ['ours'],

  async run({ case: { name, setup }, open }) {
    const { page, busy } = await open('', 'page/ingest.html')
    if (name === scripted) await page.evaluate((setup) => ingestBench.prepareScript(setup), setup)
    else await page.evaluate((setup) => ingestBench.prepareEmbedded(setup), setup)
    const before = await busy()
    const { milliseconds, longestTask } = await page.evaluate(
      (setup) => ingestBench.store(setup),
      setup,
    )
    const work = (await busy()) - before
    return { perSecond: (setup.count / milliseconds) * 1000, work, longestTask }
  },

  bars: (value) => [
    {
      text: `${scripted}: messages a second`,
      value: value(scripted, 'ours', 'perSecond'),
      least: 5000,
    },
    {
      text: `${embedded}: messages a second`,
      value: value(embedded, 'ours', 'perSecond'),
      least: 2000,
    },
    ...[scripted, embedded].map((name) => ({
      text: `${name}: longest task, ms`,
      value: value(name, 'ours', 'longestTask'),
      most: 50,
    })),
  ],
}
