import { logIn } from '../../support/plain-xmpp.js'
import { account } from '../own-server.js'

const name = 'one text after the other'
const messages = 25
/**
 * Sent before any that count. The server prepares each of its queries once for each of its ten
 * connections to the database, which takes 44 ms to 220 ms every time: one that has run for some
 * minutes has done so.
 */
const warmUp = 40
/** Milliseconds: each key is pressed this much later after a frame, for people keep no time with frames. */
const lateness = 7
const frameTime = 17
const page = 'page/server.html'

/** @type {import('../scenario.js').Scenario} */
export default {
  letter: 'k',
  id: 'server-latency',
  title: 'From the key pressed on one page to the message drawn on another, by a real server',
  cases: [{ name }],
  metrics: {
    kit: { title: 'key to frame', unit: 'ms', digits: 1 },
    server: { title: 'the server alone', unit: 'ms', digits: 1 },
    over: { title: 'above the server', unit: 'ms', digits: 1 },
  },
  only: ['ours'],
  limit: 120_000,

  async run({ open, openElsewhere, round }) {
    const [alice, bob] = await Promise.all(
      [`alice-${round}`, `bob-${round}`].map(async (userId) => ({
        userId,
        ...(await account(userId)),
      })),
    )
    if (!alice || !bob) throw new Error('Two are needed.')
    const from = await chat(open, alice, bob.userId)
    const to = await chat(openElsewhere, bob, alice.userId)
    await from.locator('message-editor').getByRole('textbox').click()
    /** @type {number[]} */
    const times = []
    for (let number = 0; number < warmUp + messages; number += 1) {
      const text = `message number ${number}.`
      // What the message before has caused, receipts and read positions, is over.
      await Promise.all([from, to].map((page) => page.evaluate(() => serverBench.calm())))
      const drawn = to.evaluate((text) => serverBench.untilDrawn(text), text)
      await from.keyboard.insertText(text)
      await from.evaluate(() => serverBench.calm())
      await from.waitForTimeout((number * lateness) % frameTime)
      await from.keyboard.press('Enter')
      const time = (await drawn) - (await from.evaluate(() => serverBench.lastKey()))
      if (number >= warmUp) times.push(time)
    }
    const kit = median(times)
    await Promise.all([from, to].map((page) => page.close()))
    const server = await serverAlone(alice, bob)
    return { kit, server, over: kit - server }
  },

  bars: (value) => [{ text: 'above the server, ms', value: value(name, 'ours', 'over'), most: 25 }],
}

/**
 * @param {import('../scenario.js').Run['open']} open
 * @param {import('../page/server.ts').Account & { userId: string }} own
 * @param {string} peer
 */
async function chat(open, { userId, ...account }, peer) {
  const { page: opened } = await open('', page)
  await opened.evaluate((kit) => serverBench.prepare(kit), { ...account, appkey: `chat-${userId}` })
  await opened.evaluate((peer) => serverBench.openChat(peer), peer)
  return opened
}

/**
 * Milliseconds from a stanza going out at one WebSocket to it coming in at another.
 *
 * @param {import('../page/server.ts').Account & { userId: string }} alice
 * @param {import('../page/server.ts').Account & { userId: string }} bob
 */
async function serverAlone(alice, bob) {
  const [from, to] = await Promise.all([
    logIn(alice, alice.userId, alice.token),
    logIn(bob, bob.userId, bob.token),
  ])
  /** @type {number[]} */
  const times = []
  for (let number = 0; number < messages; number += 1) {
    const text = `plain-${number}-of-all`
    const start = performance.now()
    from.send(
      `<message xmlns="jabber:client" type="chat" id="${text}" to="${bob.userId}@${bob.domain}"><body>${text}</body></message>`,
    )
    await to.receives(`<body>${text}</body>`)
    times.push(performance.now() - start)
  }
  from.close()
  to.close()
  return median(times)
}

function median(/** @type {number[]} */ values) {
  return values.sort((one, other) => one - other)[Math.floor(values.length / 2)] ?? NaN
}
