/**
 * What must hold while somebody scrolls, with wheel, keyboard, finger and scroll bar. The list
 * switches the browser's own anchoring off, so all of this is as it is in Safari, which has none.
 */
import type { BrowserContext, Page } from '@playwright/test'
import { browserFlags, findBrowser } from '../../scripts/browser.js'
import type { SentContent } from './pages/service.js'
import { standsStill, watchMovement } from './support/movement.js'
import { privately, type Person } from './support/person.js'
import { expect, test } from './support/test.js'

// Without this, a browser without a screen draws no scroll bars.
test.use({
  launchOptions: {
    executablePath: await findBrowser(),
    args: browserFlags,
    ignoreDefaultArgs: ['--hide-scrollbars'],
  },
})

/** Of many lengths, so that no two messages are alike. */
const text = (index: number): SentContent => ({
  messageType: 'RC:TxtMsg',
  content: { content: `no. ${index} ${'and so on '.repeat((index * 7) % 23)}` },
})

const latePicture = (index: number): SentContent => ({
  messageType: 'RC:ImgMsg',
  content: { content: '', imageUri: `http://late.invalid/late/${index}.svg` },
})

interface Said {
  count: number
  /** Every so many messages a picture whose size nobody knows, and which takes its time. */
  pictureEvery?: number
}

/** Alice with a long conversation with Bob, all of it read, at its newest message. */
async function reading(
  open: (userId: string) => Promise<Person>,
  service: Page,
  { count, pictureEvery = 0 }: Said,
): Promise<Person> {
  const contents = Array.from({ length: count }, (_, index) =>
    pictureEvery > 0 && index % pictureEvery === 0 ? latePicture(index) : text(index),
  )
  await service.evaluate(
    (contents) => window.service.sendAll('bob', window.service.privately('alice'), contents),
    contents,
  )
  await latePictures(service.context())
  const alice = await open('alice')
  await alice.marksRead(privately('bob'), count)
  await alice.openConversation('Bob')
  await expect(alice.message(`no. ${count - 1} `)).toBeInViewport()
  await standsStill(alice.page)
  return alice
}

/** Pictures of many heights that come when the rows they are in have been on screen for a while. */
async function latePictures(context: BrowserContext): Promise<void> {
  await context.route('**/late/*.svg', async (route) => {
    const index = Number(/(\d+)\.svg/.exec(route.request().url())![1])
    const height = 60 + ((index * 37) % 260)
    const body = `<svg xmlns="http://www.w3.org/2000/svg" width="200" height="${height}"><rect width="200" height="${height}" fill="teal"/></svg>`
    // As late as a frame or two: the row is drawn, and its picture is not there.
    await route
      .request()
      .frame()
      .evaluate(
        () => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done))),
      )
    await route.fulfill({ contentType: 'image/svg+xml', body })
  })
}

const scrollerOf = (alice: Person) => alice.list.locator('[part~="scroller"]')

async function middleOf(alice: Person): Promise<{ x: number; y: number }> {
  const box = (await scrollerOf(alice).boundingBox())!
  return { x: box.x + box.width / 2, y: box.y + box.height / 2 }
}

/**
 * How somebody goes up, and how often: not to the very beginning, where a picture that turns out
 * smaller than the room that was kept for it has nothing above it to make good for that.
 */
const ways: Record<string, { times: number; goUp: (alice: Person) => Promise<void> }> = {
  'the wheel': {
    times: 14,
    goUp: async (alice) => {
      await scrollerOf(alice).hover()
      await alice.page.mouse.wheel(0, -500)
    },
  },
  'the keyboard': {
    times: 14,
    goUp: async (alice) => {
      await alice.list.evaluate((list) => {
        const scroller = list.shadowRoot!.querySelector<HTMLElement>('.scroller')!
        scroller.tabIndex = -1
        scroller.focus({ preventScroll: true })
      })
      await alice.page.keyboard.press('PageUp')
    },
  },
  // Each time with a momentum that goes on for about two pages.
  'a finger': {
    times: 7,
    goUp: async (alice) => {
      const session = await alice.page.context().newCDPSession(alice.page)
      await session.send('Emulation.setTouchEmulationEnabled', { enabled: true })
      const { x, y } = await middleOf(alice)
      const touch = (type: 'touchStart' | 'touchMove', way: number) =>
        session.send('Input.dispatchTouchEvent', { type, touchPoints: [{ x, y: y - 200 + way }] })
      await touch('touchStart', 0)
      for (let way = 25; way <= 400; way += 25) await touch('touchMove', way)
      await session.send('Input.dispatchTouchEvent', { type: 'touchEnd', touchPoints: [] })
      await session.detach()
    },
  },
}

for (const [name, { times, goUp }] of Object.entries(ways)) {
  for (const pictureEvery of [0, 4]) {
    const what = pictureEvery ? 'among pictures that load late' : 'among texts'
    test(`with ${name}, ${what}, nothing jumps while older messages come in`, async ({
      open,
      service,
    }) => {
      const alice = await reading(open, service, { count: 160, pictureEvery })
      const endOfWatch = await watchMovement(alice.page)
      for (let round = 0; round < times; round++) await goUp(alice)
      await standsStill(alice.page)
      const { steps, blankFrames, spread } = await endOfWatch()
      const total = steps.reduce((sum, step) => sum + step, 0)
      expect(total, 'the way that was gone').toBeGreaterThan(2500)
      expect(Math.min(...steps), 'a step against the direction').toBeGreaterThanOrEqual(-1)
      expect(blankFrames, 'frames with a hole').toBe(0)
      // A picture that loads on screen moves what is above it against what is below it.
      if (!pictureEvery) expect(spread).toBeLessThanOrEqual(1)
    })
  }
}

test('while a finger is on the list, rows are drawn and the offset is left to it', async ({
  open,
  service,
}) => {
  const alice = await reading(open, service, { count: 160 })
  // All that is to be loaded for this is there before.
  for (let round = 0; round < 4; round++) await ways['the wheel']!.goUp(alice)
  await standsStill(alice.page)
  const { page } = alice
  const session = await page.context().newCDPSession(page)
  await session.send('Emulation.setTouchEmulationEnabled', { enabled: true })
  const { x, y } = await middleOf(alice)
  const touch = (type: 'touchStart' | 'touchMove', way: number) =>
    session.send('Input.dispatchTouchEvent', { type, touchPoints: [{ x, y: y + 200 - way }] })
  const first = (await alice.texts())[0]
  await touch('touchStart', 0)
  await touch('touchMove', 20)
  await scrollerOf(alice).evaluate((scroller) => {
    const { get, set } = Object.getOwnPropertyDescriptor(Element.prototype, 'scrollTop')!
    const counted = { writes: 0 }
    Object.defineProperty(scroller, 'scrollTop', {
      configurable: true,
      get,
      set(this: Element, value: number) {
        counted.writes += 1
        set!.call(this, value)
      },
    })
    Object.assign(window, { counted })
  })
  for (let way = 40; way <= 420; way += 20) await touch('touchMove', way)
  const writes = await page.evaluate(
    () => (window as unknown as { counted: { writes: number } }).counted.writes,
  )
  expect((await alice.texts())[0], 'other rows are drawn than before').not.toBe(first)
  expect(writes).toBe(0)
  await session.send('Input.dispatchTouchEvent', { type: 'touchEnd', touchPoints: [] })
  await standsStill(page)
})

test('with the wheel, all the way asked for is gone', async ({ open, service }) => {
  const alice = await reading(open, service, { count: 160 })
  const endOfWatch = await watchMovement(alice.page)
  for (let round = 0; round < 10; round++) {
    await ways['the wheel']!.goUp(alice)
    await standsStill(alice.page)
  }
  const { steps } = await endOfWatch()
  const total = steps.reduce((sum, step) => sum + step, 0)
  expect(Math.abs(total - 5000)).toBeLessThanOrEqual(10)
})

test('dragging the scroll bar shows messages wherever it is let go', async ({ open, service }) => {
  const alice = await reading(open, service, { count: 160 })
  const box = (await scrollerOf(alice).boundingBox())!
  const x = box.x + box.width - 5
  await alice.page.mouse.move(x, box.y + box.height - 12)
  await alice.page.mouse.down()
  for (const part of [0.8, 0.5, 0.3, 0.1, 0.4]) {
    await alice.page.mouse.move(x, box.y + box.height * part, { steps: 6 })
    await standsStill(alice.page)
    const [top, bottom] = await alice.list.evaluate((list) => {
      const view = list.shadowRoot!.querySelector('.scroller')!.getBoundingClientRect()
      const rows = [...list.shadowRoot!.querySelectorAll('.rows > *')].map((row) =>
        row.getBoundingClientRect(),
      )
      return [rows[0]!.top - view.top, view.bottom - rows.at(-1)!.bottom]
    })
    expect(top, 'nothing above the first row').toBeLessThanOrEqual(60)
    expect(bottom, 'nothing below the last one').toBeLessThanOrEqual(60)
  }
  await alice.page.mouse.up()
  const [key, before] = await placeOf(alice)
  await standsStill(alice.page)
  const [sameKey, after] = await placeOf(alice)
  expect(sameKey).toBe(key)
  expect(Math.abs(after - before)).toBeLessThanOrEqual(1)
})

test('a fling to the top asks for no page twice', async ({ open, service }) => {
  const alice = await reading(open, service, { count: 160 })
  await alice.page.evaluate(() => {
    const { reader } = window.person.kit.client!
    const asked: string[] = []
    const { history } = reader
    reader.history = (conversation, range) => {
      asked.push(JSON.stringify(range))
      return history.call(reader, conversation, range)
    }
    Object.assign(window, { asked })
  })
  await scrollerOf(alice).hover()
  for (let round = 0; round < 12; round++) await alice.page.mouse.wheel(0, -20_000)
  await alice.scrollToBeginning()
  const asked = await alice.page.evaluate(() => (window as unknown as { asked: string[] }).asked)
  expect(asked.length).toBeGreaterThan(0)
  expect(new Set(asked).size, asked.join('\n')).toBe(asked.length)
  await expect(alice.message('no. 0 ')).toBeInViewport()
})

test('what comes does not move a reader, and follows one who is at the end', async ({
  open,
  service,
}) => {
  const alice = await reading(open, service, { count: 80 })
  const arrive = (text: string) =>
    service.evaluate(
      (text) => window.service.sendTexts('bob', window.service.privately('alice'), [text]),
      text,
    )
  await arrive('first of the new')
  await expect(alice.message('first of the new')).toBeInViewport()
  await ways['the wheel']!.goUp(alice)
  await standsStill(alice.page)
  const endOfWatch = await watchMovement(alice.page)
  await arrive('second of the new')
  await expect(alice.list.getByText('1 new message')).toBeVisible()
  expect(Math.max(...(await endOfWatch()).steps.map(Math.abs))).toBeLessThanOrEqual(1)
  await alice.list.getByText('1 new message').click()
  await expect(alice.message('second of the new')).toBeInViewport()
  await ways['the wheel']!.goUp(alice)
  await alice.say('my own')
  await expect(alice.message('my own')).toBeInViewport()
})

test('another conversation and back: the place is the same', async ({ open, service }) => {
  const alice = await reading(open, service, { count: 160 })
  for (let round = 0; round < 5; round++) await ways['the wheel']!.goUp(alice)
  await standsStill(alice.page)
  const [key, top] = await placeOf(alice)
  await alice.chatWith('Carol')
  await alice.chatWith('Bob')
  await expect(alice.list.locator(`[data-anchor="${key}"]`)).toBeInViewport()
  await standsStill(alice.page)
  const again = await alice.list
    .locator(`[data-anchor="${key}"]`)
    .evaluate((bubble) => bubble.getBoundingClientRect().top)
  expect(Math.abs(again - top)).toBeLessThanOrEqual(1)
})

test('the end stays in sight when a keyboard takes half of the screen, and after it', async ({
  open,
  service,
}) => {
  const alice = await reading(open, service, { count: 80 })
  for (const height of [350, 700]) {
    await alice.page.setViewportSize({ width: 1000, height })
    await standsStill(alice.page)
    await expect(alice.message('no. 79 ')).toBeInViewport()
    const distance = await scrollerOf(alice).evaluate(
      (scroller) => scroller.scrollHeight - scroller.clientHeight - scroller.scrollTop,
    )
    expect(distance).toBeLessThanOrEqual(1)
  }
})

/** The message in the middle of the screen, and where it stands. */
function placeOf(alice: Person): Promise<[key: string, top: number]> {
  return alice.list.evaluate((list): [string, number] => {
    const view = list.shadowRoot!.querySelector('.scroller')!.getBoundingClientRect()
    const bubbles = [...list.shadowRoot!.querySelectorAll<HTMLElement>('[data-anchor]')]
    const middle = (view.top + view.bottom) / 2
    const bubble = bubbles.find((it) => it.getBoundingClientRect().bottom > middle)!
    return [bubble.dataset.anchor!, bubble.getBoundingClientRect().top]
  })
}
