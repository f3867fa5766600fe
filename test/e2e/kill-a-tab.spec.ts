import type { BrowserContext, Page } from '@playwright/test'
import { expect, test } from './support/test.js'

// 200 messages and 50 kills. A message takes at least three steps and a tab lives for ten at most,
// so that no lane can be done before all of its kills.
const lanes = [
  { name: 'first tab of alice', userId: 'alice', count: 67, kills: 17 },
  { name: 'second tab of alice', userId: 'alice', count: 67, kills: 17 },
  { name: 'tab of bob', userId: 'bob', count: 66, kills: 16 },
]
const longestLife = 10
const url = '/test/e2e/pages/lane.html'

/** A small generator with a seed: a failing run can be had again. */
function randomFrom(seed: number): () => number {
  let state = seed
  return () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0
    return state / 2 ** 32
  }
}

test('keeps every message once and in one order when tabs are killed', async ({ context }) => {
  test.setTimeout(120_000)
  const seed = Date.now() >>> 0
  test.info().annotations.push({ type: 'seed', description: String(seed) })
  const random = randomFrom(seed)

  const groupId = await inNewPage(context, (page) =>
    page.evaluate(() => window.lane.createGroup('alice', ['bob', 'carol'])),
  )

  const outcomes = await Promise.all(
    lanes.map(async ({ kills, ...lane }) => {
      const lives: string[] = []
      for (let life = 0; life <= kills; life++) {
        const stepsToLive = life < kills ? Math.floor(random() * longestLife) : Infinity
        lives.push(await runLane(context, { ...lane, groupId, stepsToLive }))
      }
      return lives
    }),
  )
  expect(outcomes.flat().filter((outcome) => outcome === 'killed')).toHaveLength(50)

  const orders: string[][] = []
  for (const userId of ['alice', 'bob', 'carol']) {
    for (const how of ['read', 'readAnew'] as const) {
      orders.push(
        await inNewPage(context, (page) =>
          page.evaluate(([how, userId, groupId]) => window.lane[how](userId, groupId), [
            how,
            userId,
            groupId,
          ] as const),
        ),
      )
    }
  }
  const all = lanes.flatMap(({ name, count }) =>
    Array.from({ length: count }, (_, index) => `${name} ${index + 1}`),
  )
  for (const order of orders) {
    expect([...order].sort()).toEqual([...all].sort())
    expect(order).toEqual(orders[0])
  }
})

interface LaneRun {
  name: string
  userId: string
  count: number
  groupId: string
  stepsToLive: number
}

/** Runs a tab until it is done, or kills it at the given step of its work. */
async function runLane(context: BrowserContext, run: LaneRun): Promise<'done' | 'killed'> {
  const page = await context.newPage()
  let steps = 0
  const ended = new Promise<'done' | 'killed'>((resolve) => {
    void page.exposeFunction('step', (step: string) => {
      if (step === 'done') resolve('done')
      else if (steps++ >= run.stepsToLive) resolve('killed')
    })
  })
  await page.goto(url)
  const failed = page
    .evaluate(
      ({ userId, groupId, name, count }) => window.lane.send(userId, groupId, name, count),
      run,
    )
    .then(
      () => 'done' as const,
      (error: Error) => {
        if (page.isClosed() || /closed|Target/.test(error.message)) return 'killed' as const
        throw error
      },
    )
  const outcome = await Promise.race([ended, failed])
  await page.close({ runBeforeUnload: false })
  return outcome
}

async function inNewPage<Result>(
  context: BrowserContext,
  run: (page: Page) => Promise<Result>,
): Promise<Result> {
  const page = await context.newPage()
  await page.goto(url)
  const result = await run(page)
  await page.close()
  return result
}
