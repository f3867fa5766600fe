/** Watches, frame by frame, how the messages on the screen move. */
import type { Page } from '@playwright/test'

export interface Movement {
  /**
   * Pixels the message being read has moved since the frame before; positive: down. It is one of
   * the three nearest to the middle of the screen, then or now: where a picture loads between them
   * while the reader moves, only one of them can be held.
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
    let readBefore: string[] = []
    // Grows or shrinks with each frame. Who observes it looks when the frame has been laid out and
    // the list has answered that, which is what is drawn; in an animation frame that is to come yet.
    const probe = document.body.appendChild(document.createElement('i'))
    probe.style.cssText = 'position: fixed; display: block; width: 1px; height: 1px'
    const grow = () => {
      probe.style.width = probe.style.width === '1px' ? '2px' : '1px'
      next = requestAnimationFrame(grow)
    }
    let next = requestAnimationFrame(grow)

    const look = () => {
      const view = scroller.getBoundingClientRect()
      const tops = new Map<string, number>()
      const ways: number[] = []
      const whole: { key: string; distance: number }[] = []
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
        if (key === undefined) continue
        const distance = Math.abs(top - (view.top + view.bottom) / 2)
        if (top >= view.top) whole.push({ key, distance })
        if (before.has(key)) ways.push(top - before.get(key)!)
      }
      if (covered < view.bottom - 40) movement.blankFrames += 1
      whole.sort((one, other) => one.distance - other.distance)
      const read = whole.slice(0, 3).map(({ key }) => key)
      const steps = [...read, ...readBefore].flatMap((key) =>
        tops.has(key) && before.has(key) ? [tops.get(key)! - before.get(key)!] : [],
      )
      if (steps.length > 0) movement.steps.push(Math.max(...steps))
      readBefore = read
      movement.spread = Math.max(
        movement.spread,
        ways.length ? Math.max(...ways) - Math.min(...ways) : 0,
      )
      before = tops
    }
    const observer = new ResizeObserver(look)
    observer.observe(probe)
    Object.assign(window, {
      endOfWatch: () => {
        cancelAnimationFrame(next)
        observer.disconnect()
        probe.remove()
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
