/**
 * Opens every story of the built Storybook: what it is to show comes, axe finds nothing in it,
 * nothing is written to the console as an error, and nothing is asked of any other host.
 */
import { AxeBuilder } from '@axe-core/playwright'
import { expect, test, type Page } from '@playwright/test'
import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'

interface Story {
  id: string
  title: string
  name: string
}

// A story is no page: it has neither landmarks nor a first heading of its own.
const rulesOfPages = ['region', 'page-has-heading-one', 'landmark-one-main']

test.use({ contextOptions: { reducedMotion: 'reduce' } })

for (const [title, stories] of storiesByTitle()) {
  for (const theme of title.startsWith('Elements/') ? ['light', 'dark'] : ['light']) {
    test(`${title} in ${theme}`, async ({ page, baseURL }) => {
      test.setTimeout(stories.length * 10_000)
      const troubles = watch(page, new URL(baseURL!).host)
      for (const story of stories) {
        await test.step(story.name, async () => {
          await show(page, story, theme)
          const { violations } = await new AxeBuilder({ page })
            .include('#storybook-root')
            .disableRules(rulesOfPages)
            // All is in one frame, and so the results need no page of their own to be gathered.
            .setLegacyMode()
            .analyze()
          for (const { id, nodes } of violations) {
            for (const { target, failureSummary } of nodes) {
              troubles.push(`${story.name}: ${id}: ${target.join(' ')}\n${failureSummary}`)
            }
          }
        })
      }
      expect(troubles).toEqual([])
    })
  }
}

/** The first story loads the page; the others are shown on it, which takes a tenth of the time. */
async function show(page: Page, { id, name }: Story, theme: string): Promise<void> {
  if (page.url() === 'about:blank') {
    // Storybook's own checks would be a second axe on the same page.
    const globals = `theme:${theme};a11y.manual:!true`
    await page.goto(`iframe.html?viewMode=story&id=${id}&globals=${globals}`)
  } else {
    await page.evaluate((storyId) => {
      const { __STORYBOOK_ADDONS_CHANNEL__: channel } = window as unknown as {
        __STORYBOOK_ADDONS_CHANNEL__: { emit(name: string, detail: object): void }
      }
      channel.emit('setCurrentStory', { storyId, viewMode: 'story' })
    }, id)
  }
  const outcome = await page.waitForFunction((storyId) => {
    const { documentElement, body } = document
    if (documentElement.dataset.storyReady === storyId) return 'ready'
    return body.classList.contains('sb-show-errordisplay') ? body.innerText : false
  }, id)
  expect(await outcome.jsonValue(), name).toBe('ready')
}

/** Collects what goes wrong on a page. */
function watch(page: Page, host: string): string[] {
  const troubles: string[] = []
  page.on('console', (message) => {
    if (message.type() === 'error') troubles.push(`console: ${message.text()}`)
  })
  page.on('pageerror', (error) => troubles.push(`uncaught: ${error.stack ?? error.message}`))
  page.on('request', (request) => {
    const url = new URL(request.url())
    const isElsewhere = /^(https?|wss?):$/.test(url.protocol) && url.host !== host
    if (isElsewhere) troubles.push(`request: ${url}`)
  })
  return troubles
}

function storiesByTitle(): Map<string, Story[]> {
  const file = join(import.meta.dirname, '../../storybook-static/index.json')
  if (!existsSync(file)) throw new Error('There are no stories: npm run build-storybook')
  const { entries } = JSON.parse(readFileSync(file, 'utf8')) as { entries: Record<string, Story> }
  const byTitle = new Map<string, Story[]>()
  for (const story of Object.values(entries)) {
    byTitle.set(story.title, [...(byTitle.get(story.title) ?? []), story])
  }
  return byTitle
}
