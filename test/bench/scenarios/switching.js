import { baseline } from '../contenders.js'
import { prepared, ratio, storedBefore } from '../scenario.js'

const name = '10 conversations of 200 messages'
const archives = Array.from({ length: 10 }, (_, index) => ({ id: `talk-${index}`, count: 200 }))

/** @type {import('../scenario.js').Scenario} */
export default {
  letter: 'f',
  id: 'switching',
  title: '100 switches between conversations',
  cases: [{ name, setup: { name: 'talks', archives } }],
  metrics: {
    switch: { title: 'median switch', unit: 'ms', isCompared: true },
    heap: { title: 'heap after 100', unit: 'MB', digits: 1 },
    growth: { title: 'heap against that after 10', unit: '%', digits: 1 },
    dataGrowth: { title: 'the same without compiled code', unit: '%', digits: 1 },
  },
  setUp: storedBefore,

  async run(run) {
    const { page, heap } = await prepared(run)
    const switches = (/** @type {number} */ count) =>
      page.evaluate(({ archives, count }) => bench.switchThrough(archives, count), {
        archives,
        count,
      })
    await switches(10)
    const early = await heap()
    const times = (await switches(90)).sort((one, other) => one - other)
    const late = await heap()
    return {
      switch: times[times.length / 2] ?? NaN,
      heap: late.used / 2 ** 20,
      growth: (late.used / early.used - 1) * 100,
      dataGrowth: ((late.used - late.compiled) / (early.used - early.compiled) - 1) * 100,
    }
  },

  bars: (value) => [
    {
      text: 'a switch, times "visible 30"',
      value: ratio(value(name, 'ours', 'switch'), value(name, baseline, 'switch')),
      most: 1.5,
    },
    { text: 'growth of the heap, %', value: value(name, 'ours', 'growth'), most: 5 },
    {
      text: 'growth without compiled code, %',
      value: value(name, 'ours', 'dataGrowth'),
      most: 5,
    },
  ],
}
