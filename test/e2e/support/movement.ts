/** Watches, frame by frame, how the messages on the screen move. */
import type { Page } from '@playwright/test'

export interface Movement {
  /**
   * Pixels the message being read, the first whole one on the screen, has moved since the frame
   * before; positive: down.
   */
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
      const ways: number[] = []
      let step: number | undefined
      let covered = view.top
      for (const row of list.querySelectorAll<HTMLElement>('.rows > *, .older, .typing')) {
        const box = row.getBoundingClientRect()
        const bubble = row.querySelector<HTMLElement>('[data-anchor]')
        const key = bubble?.dataset.anchor
        const top = bubble?.getBoundingClientRect().top ?? 0
        if (key !== undefined) tops.set(key, top)
        if (box.bottom <= view.top || box.top >= view.bottom) continue
        // Rows stand close to each other: what is farther apart than a gap is a hole.
        if (box.top > covered + 40) movement.blankFrames += 1
        covered = Math.max(covered, box.bottom)
        const last = key === undefined ? undefined : before.get(key)
        if (last === undefined) continue
        ways.push(top - last)
        if (top >= view.top) step ??= top - last
      }
      if (covered < view.bottom - 40) movement.blankFrames += 1
      if (step !== undefined) movement.steps.push(step)
      movement.spread = Math.max(
        movement.spread,
        ways.length ? Math.max(...ways) - Math.min(...ways) : 0,
      )
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
