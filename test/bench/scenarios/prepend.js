import { prepared, storedBefore } from '../scenario.js'

const archive = { id: 'pictures', count: 400, pictureEvery: 5, page: 60 }
const setup = { name: 'pictures', archives: [archive] }
const native = 'native overflow-anchor'
const without = 'without native overflow-anchor, as in Safari'

/** @type {import('../scenario.js').Scenario} */
export default {
  letter: 'c',
  id: 'prepend',
  title:
    'Older messages coming in while one is being read, a fifth of them pictures that load late',
  cases: [
    { name: native, setup },
    { name: without, setup },
  ],
  metrics: {
    frames: { title: 'frames until they are there', unit: '' },
    drift: { title: 'drift', unit: 'px', digits: 1 },
  },
  setUp: storedBefore,

  async run(run) {
    const { page } = await prepared(run)
    if (run.case.name === without) await page.evaluate(() => bench.withoutNativeAnchor())
    return { ...(await page.evaluate((archive) => bench.prepend(archive), archive)) }
  },

  bars: (value) =>
    [native, without].flatMap((name) => [
      { text: `${name}: frames`, value: value(name, 'ours', 'frames'), most: 2 },
      { text: `${name}: drift, px`, value: value(name, 'ours', 'drift'), most: 1 },
    ]),
}
