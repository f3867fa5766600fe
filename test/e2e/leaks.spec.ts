import type { CDPSession, Page } from '@playwright/test'
import { expect, test } from './support/test.js'

interface Counts {
  listeners: number
  nodes: number
}

/** What the page holds once all garbage is gone. */
async function counts(session: CDPSession): Promise<Counts> {
  await session.send('HeapProfiler.collectGarbage')
  const { metrics } = await session.send('Performance.getMetrics')
  const value = (name: string) => metrics.find((metric) => metric.name === name)!.value
  return { listeners: value('JSEventListeners'), nodes: value('Nodes') }
}

/** Puts an element onto the page and takes it away, a number of times. */
function mount(page: Page, tag: string, times: number): Promise<void> {
  return page.evaluate(
    async ({ tag, times }) => {
      const frame = () => new Promise((resolve) => requestAnimationFrame(resolve))
      for (let time = 0; time < times; time++) {
        const element = document.createElement(tag)
        document.body.append(element)
        await (element as unknown as { updateComplete: Promise<unknown> }).updateComplete
        await frame()
        element.remove()
        await frame()
      }
    },
    { tag, times },
  )
}

for (const tag of ['conversation-list', 'message-list', 'message-editor', 'im-chat']) {
  test(`<${tag}> leaves nothing behind in 50 mounts`, async ({ open, service }) => {
    await service.evaluate(() =>
      window.service.sendTexts('bob', window.service.privately('alice'), ['one', 'two']),
    )
    const alice = await open('alice')
    await alice.openConversation('Bob')
    await expect(alice.message('two')).toBeVisible()
    const session = await alice.page.context().newCDPSession(alice.page)
    await session.send('Performance.enable')
    await session.send('HeapProfiler.enable')
    // The first ones make what is made once for a page.
    await mount(alice.page, tag, 5)
    const before = await counts(session)
    await mount(alice.page, tag, 50)
    await expect(async () => {
      const after = await counts(session)
      expect(after.listeners).toBeLessThanOrEqual(before.listeners + 5)
      expect(after.nodes).toBeLessThanOrEqual(before.nodes + 50)
    }).toPass({ timeout: 15_000 })
    await alice.say('the page works on')
  })
}
