const stored = 100_000
const name = 'search'

/** What half of the messages may have, one in a hundred, ten of all, and none. */
const words = [
  { name: 'frequent, latin', keyword: 'meeting' },
  { name: 'frequent, Chinese', keyword: '明天' },
  { name: 'rare, latin', keyword: 'zyzzyva' },
  { name: 'rare, Chinese', keyword: '麒麟' },
  { name: 'in no message', keyword: 'nowhere to be found' },
]
const cases = words.flatMap(({ name, keyword }) => [
  { name: `${name}, blocks built`, setup: { keyword, hasBlocks: true } },
  { name: `${name}, blocks missing`, setup: { keyword, hasBlocks: false } },
])

/** @type {import('../scenario.js').Scenario} */
export default {
  letter: 'h',
  id: 'search',
  title: `Search in ${stored} stored messages, half latin, half Chinese, of 50 groups`,
  cases,
  metrics: {
    first: { title: 'first result', unit: 'ms', digits: 1 },
    complete: { title: 'page of 20 complete', unit: 'ms', digits: 1 },
    conversations: { title: 'counted by conversation', unit: 'ms', digits: 1 },
    longest: { title: 'longest task', unit: 'ms' },
  },
  only: ['ours'],

  async setUp({ open }) {
    const { page } = await open('', 'page/search.html')
    await page.evaluate((setup) => searchBench.store(setup), { name, count: stored })
  },

  // A fresh page each time: nothing is in memory but what a client has read at start.
  async run({ case: it, open }) {
    const { page } = await open('', 'page/search.html')
    return page.evaluate((setup) => searchBench.search(setup), { name, ...it.setup })
  },

  bars: (value) =>
    cases
      // A word that nobody has, and one that is not read yet, have no first result before the last look.
      .filter(({ setup: { keyword, hasBlocks } }) => {
        return keyword !== 'nowhere to be found' && (hasBlocks || !isRare(keyword))
      })
      .map(({ name }) => ({
        text: `${name}: first result, ms`,
        value: value(name, 'ours', 'first'),
        most: 100,
      })),
}

function isRare(/** @type {string} */ keyword) {
  return words.some((word) => word.keyword === keyword && word.name.startsWith('rare'))
}
