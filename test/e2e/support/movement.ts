/** Watches, frame by frame, how the messages on the screen move. */
import type { Page } from '@playwright/test'

export interface Movement {
  /** Pixels the message in the middle moved from each frame to the next; positive: down. */
  steps: number[]
  /** Frames in which a part of the list's height showed no row at all. */
  blankFrames: number
  /** Pixels the rows on the screen moved against each other, at most. */
  spread: number
}

/** Begins to watch; the function it gives ends that and tells what was seen. */
export async function watchMovement(page: Page): Promise<() => Promise<Movement>> {
  await page.evaluate(() => {
    const list = document.querySelector('message-list')!.shadowRoot!
    const scroller = list.querySelector('.scroller')!
    const movement = { steps: [] as number[], blankFrames: 0, spread: 0 }
    let before = new Map<string, number>()
    let isOver = false

    const look = () => {
      const view = scroller.getBoundingClientRect()
      const tops = new Map<string, number>()
      const rows = [...list.querySelectorAll<HTMLElement>('.rows > *, .older, .typing')]
      let covered = view.top
      for (const row of rows) {
        const box = row.getBoundingClientRect()
        if (box.bottom <= view.top || box.top >= view.bottom) continue
        // Rows stand close to each other: what is farther apart than a gap is a hole.
        if (box.top > covered + 40) movement.blankFrames += 1
        covered = Math.max(covered, box.bottom)
        const bubble = row.querySelector<HTMLElement>('[data-anchor]')
        if (bubble) tops.set(bubble.dataset.anchor!, bubble.getBoundingClientRect().top)
      }
      if (covered < view.bottom - 40) movement.blankFrames += 1
      const middle = (view.top + view.bottom) / 2
      const shared = [...tops]
        .filter(([key]) => before.has(key))
        .map(([key, top]) => ({ top, way: top - before.get(key)! }))
        .sort((one, other) => Math.abs(one.top - middle) - Math.abs(other.top - middle))
      if (shared.length > 0) {
        movement.steps.push(shared[0]!.way)
        const ways = shared.map(({ way }) => way)
        movement.spread = Math.max(movement.spread, Math.max(...ways) - Math.min(...ways))
      }
      before = tops
      if (!isOver) requestAnimationFrame(look)
    }
    requestAnimationFrame(look)
    Object.assign(window, {
      endOfWatch: () => {
        isOver = true
        return movement
      },
    })
  })
  return () => page.evaluate(() => (window as unknown as { endOfWatch(): Movement }).endOfWatch())
}

/** Resolves when nothing has moved for some frames. */
export async function standsStill(page: Page): Promise<void> {
  await page.evaluate(async () => {
    const list = document.querySelector('message-list')!.shadowRoot!
    const place = () => {
      const bubble = list.querySelector('[data-anchor]')?.getBoundingClientRect().top
      return `${list.querySelector('.scroller')?.scrollTop} ${bubble}`
    }
    const frame = () => new Promise((resolve) => requestAnimationFrame(resolve))
    for (let calm = 0, last = ''; calm < 10;) {
      await frame()
      const now = place()
      calm = now === last ? calm + 1 : 0
      last = now
    }
  })
}
