import { account, sendTo } from '../own-server.js'

const conversations = 1000
const userId = 'list'
const newest = '#newest of all'
const page = 'page/server.html'

const cases = [
  { name: 'with a companion', setup: { hasCompanion: true } },
  { name: 'without a companion', setup: { hasCompanion: false } },
]

/** @type {Promise<unknown> | undefined} */
let filled

/** Two messages from each of as many people. */
function fill() {
  const peers = Array.from({ length: conversations }, (_, number) => `peer-${number}`)
  const texts = peers.flatMap((from) => [1, 2].map((number) => ({ from, text: `text ${number}` })))
  filled ??= account(userId)
    .then(() => sendTo(userId, texts))
    .then(() => sendTo(userId, [{ from: 'peer-0', text: newest }]))
  return filled
}

/** @type {import('../scenario.js').Scenario} */
export default {
  letter: 'l',
  id: 'server-list',
  title: `From logging in at a real server to the list on screen, ${conversations} conversations`,
  cases,
  metrics: {
    empty: { title: 'empty database', unit: 'ms' },
    complete: { title: '… all conversations here', unit: 'ms' },
    stored: { title: 'filled database', unit: 'ms' },
  },
  only: ['ours'],

  async setUp() {
    await fill()
  },

  async run({ case: { setup }, open }) {
    const kit = { ...(await account(userId)), appkey: `list-${Date.now()}`, ...setup }
    const count = setup.hasCompanion ? undefined : conversations
    const show = async () => {
      const { page: opened } = await open('', page)
      await opened.evaluate((kit) => serverBench.prepare(kit), kit)
      const shown = await opened.evaluate((wanted) => serverBench.showList(wanted), {
        text: newest,
        ...(count !== undefined && { count }),
      })
      await opened.close()
      return shown
    }
    const { first: empty, complete } = await show()
    const { first: stored } = await show()
    return { empty, ...(count !== undefined && { complete }), stored }
  },

  bars: (value) =>
    cases.flatMap(({ name }) => [
      {
        text: `${name}: empty database, ms`,
        value: value(name, 'ours', 'empty'),
        most: 1000,
      },
      {
        text: `${name}: filled database, ms`,
        value: value(name, 'ours', 'stored'),
        most: 150,
      },
    ]),
}
