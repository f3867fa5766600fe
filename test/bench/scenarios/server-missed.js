import { account, sendTo } from '../own-server.js'

const count = 5000
const peers = 50
const userId = 'away'
const name = `${count} messages of ${peers} people`
const page = 'page/server.html'

/** Databases that have seen everything before it was sent, one for each round. */
const prepared = 10

const appkeyOf = (/** @type {number} */ round) => `away-${round}`

/** @type {import('../scenario.js').Scenario} */
export default {
  letter: 'm',
  id: 'server-missed',
  title: 'What was missed, from a real server into the database, with the list on the page',
  cases: [{ name }],
  metrics: {
    perSecond: { title: 'messages a second', unit: '' },
    longestTask: { title: 'longest task over 50', unit: 'ms' },
  },
  only: ['ours'],

  async setUp({ open }) {
    const kit = await account(userId)
    for (let round = 0; round < prepared; round += 1) {
      const { page: opened } = await open('', page)
      const own = { ...kit, appkey: appkeyOf(round) }
      await opened.evaluate((kit) => serverBench.prepare(kit), own)
      await opened.evaluate(() => serverBench.catchUp())
      await opened.close()
    }
    const texts = Array.from({ length: count }, (_, number) => ({
      from: `friend-${number % peers}`,
      text: `text ${number}`,
    }))
    await sendTo(userId, texts)
  },

  async run({ open, round }) {
    const { page: opened } = await open('', page)
    const kit = { ...(await account(userId)), appkey: appkeyOf(round) }
    await opened.evaluate((kit) => serverBench.prepare(kit), kit)
    const { milliseconds, longestTask } = await opened.evaluate(
      (count) => serverBench.missed(count),
      count,
    )
    return { perSecond: (count / milliseconds) * 1000, longestTask }
  },

  bars: (value) => [
    { text: 'messages a second', value: value(name, 'ours', 'perSecond'), least: 1000 },
    { text: 'longest task, ms', value: value(name, 'ours', 'longestTask'), most: 50 },
  ],
}
