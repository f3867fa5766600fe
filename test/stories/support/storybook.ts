/**
 * A page of the built Storybook that goes from story to story, or from page to page, over Storybook's
 * own channel: loading it anew for each of them and each theme would take most of the time.
 */
import { expect, type Browser, type Page } from '@playwright/test'
import axe from 'axe-core'
import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'

export interface Story {
  id: string
  title: string
  name: string
}

/** A page of documentation. */
export interface DocsPage extends Story {
  /** The story that stands on it, for an element. */
  primary?: Story
}

export type Theme = 'light' | 'dark'

interface ChannelOfPage {
  __STORYBOOK_ADDONS_CHANNEL__: {
    emit(name: string, detail: object): void
    once(name: string, listener: (detail: unknown) => void): void
  }
}

/** Where `npm run build-storybook` puts it. */
export const storybookFolder = join(import.meta.dirname, '../../../storybook-static')

// A story is no page: it has neither landmarks nor a first heading of its own.
const rulesOfPages = ['region', 'page-has-heading-one', 'landmark-one-main']

interface Entry extends Story {
  type: 'story' | 'docs'
  tags: string[]
}

/** Every story of every file. @throws when Storybook has not been built */
export function allStories(): Story[] {
  return entries().filter(({ type }) => type === 'story')
}

/** @throws when Storybook has not been built */
export function allPages(): DocsPage[] {
  const stories = allStories()
  return entries()
    .filter(({ type }) => type === 'docs')
    .map((page) => {
      const primary = stories.find(({ title }) => title === page.title)
      return page.tags.includes('autodocs') && primary ? { ...page, primary } : page
    })
}

function entries(): Entry[] {
  const file = join(storybookFolder, 'index.json')
  if (!existsSync(file)) throw new Error('There are no stories: npm run build-storybook')
  const { entries } = JSON.parse(readFileSync(file, 'utf8')) as { entries: Record<string, Entry> }
  return Object.values(entries)
}

export class Storybook {
  readonly #page: Page
  #shown: Story | undefined
  #isLoaded = false
  #troubles: string[] = []

  private constructor(page: Page) {
    this.#page = page
  }

  static async open(browser: Browser, baseURL: string): Promise<Storybook> {
    // In the kit's own language.
    const page = await browser.newPage({ baseURL, reducedMotion: 'reduce', locale: 'zh-CN' })
    await page.addInitScript(axe.source)
    const storybook = new Storybook(page)
    storybook.#watch(new URL(baseURL).host)
    return storybook
  }

  /** In the theme of the story before it, unless it has one of its own. */
  async show(story: Story): Promise<void> {
    const { id } = story
    if (this.#isLoaded) await this.#emit('setCurrentStory', { storyId: id, viewMode: 'story' })
    else await this.#load('story', id)
    this.#shown = story
    await this.#untilReady()
  }

  /** Whole, with the story that stands on it. */
  async showPage({ id, primary }: DocsPage): Promise<void> {
    if (this.#isLoaded) {
      const rendered = this.#page.evaluate(
        () =>
          new Promise((resolve) => {
            const { __STORYBOOK_ADDONS_CHANNEL__: channel } = window as unknown as ChannelOfPage
            channel.once('docsRendered', resolve)
          }),
      )
      await this.#emit('setCurrentStory', { storyId: id, viewMode: 'docs' })
      await rendered
    } else {
      await this.#load('docs', id)
      await this.#page.locator('main h1').first().waitFor()
    }
    this.#shown = primary
    // In a window of its own, where it would cover the page.
    if (primary) {
      await this.#page.waitForFunction((storyId) => {
        const windowed = document.querySelector('iframe')?.contentDocument
        return [document, windowed].some(
          (it) => it?.documentElement?.dataset.storyReady === storyId,
        )
      }, primary.id)
    }
  }

  /** Where the links of the page that is shown lead to: `/docs/guides-hooks--docs`. */
  links(): Promise<string[]> {
    return this.#page
      .locator('main a[href^="?path="]')
      .evaluateAll((links) =>
        links.map((link) => new URLSearchParams((link as HTMLAnchorElement).search).get('path')!),
      )
  }

  /** Does nothing to a story that has a theme of its own. */
  async turn(theme: Theme): Promise<void> {
    await this.#emit('updateGlobals', { globals: { theme } })
    await this.#untilReady()
  }

  /** Of the story that is shown. */
  async theme(): Promise<Theme> {
    return this.#page.evaluate(() => document.documentElement.dataset.imTheme as 'light' | 'dark')
  }

  /** As the browser computes it. */
  async colour(selector: string, property: string): Promise<string> {
    const element = this.#page.locator(selector)
    return element.evaluate((it, name) => getComputedStyle(it).getPropertyValue(name), property)
  }

  /** What axe finds in the story that is shown, a line for each place. */
  violations(): Promise<string[]> {
    return this.#violations([], rulesOfPages)
  }

  /** The same of a page; tables of controls and the colours of code are Storybook's own. */
  violationsOfPage(): Promise<string[]> {
    return this.#violations(['.docblock-argstable', 'pre', 'iframe'], [])
  }

  /** What went wrong since this was last asked. */
  takeTroubles(): string[] {
    const troubles = this.#troubles
    this.#troubles = []
    return troubles
  }

  /** Storybook's own checks would be a second axe on the same page. */
  async #load(viewMode: 'story' | 'docs', id: string): Promise<void> {
    await this.#page.goto(`iframe.html?viewMode=${viewMode}&id=${id}&globals=a11y.manual:!true`)
    this.#isLoaded = true
  }

  #violations(exclude: string[], disabledRules: string[]): Promise<string[]> {
    // Asked for inside the page: all that axe found right would take longer to hand over than to find.
    return this.#page.evaluate(
      async ([excluded, disabled]) => {
        const { axe } = window as unknown as { axe: typeof import('axe-core') }
        const { violations } = await axe.run(
          { include: 'html', exclude: excluded },
          {
            resultTypes: ['violations'],
            rules: Object.fromEntries(disabled.map((rule) => [rule, { enabled: false }])),
          },
        )
        return violations.flatMap(({ id, nodes }) =>
          nodes.map(
            ({ target, failureSummary }) => `${id}: ${target.join(' ')}\n${failureSummary}`,
          ),
        )
      },
      [exclude, disabledRules] as const,
    )
  }

  async #emit(name: string, detail: object): Promise<void> {
    await this.#page.evaluate(
      ([event, of]) => {
        const { __STORYBOOK_ADDONS_CHANNEL__: channel } = window as unknown as ChannelOfPage
        // Set again when what follows from the event is shown.
        delete document.documentElement.dataset.storyReady
        channel.emit(event, of)
      },
      [name, detail] as const,
    )
  }

  async #untilReady(): Promise<void> {
    const { id, name } = this.#shown!
    const outcome = await this.#page.waitForFunction((storyId) => {
      const { documentElement, body } = document
      if (documentElement.dataset.storyReady === storyId) return 'ready'
      return body.classList.contains('sb-show-errordisplay') ? body.innerText : false
    }, id)
    expect(await outcome.jsonValue(), name).toBe('ready')
  }

  #watch(host: string): void {
    const page = this.#page
    page.on('console', (message) => {
      if (message.type() === 'error') this.#troubles.push(`console: ${message.text()}`)
    })
    page.on('pageerror', (error) => {
      this.#troubles.push(`uncaught: ${error.stack ?? error.message}`)
    })
    page.on('request', (request) => {
      const url = new URL(request.url())
      const isElsewhere = /^(https?|wss?):$/.test(url.protocol) && url.host !== host
      if (isElsewhere) this.#troubles.push(`request: ${url}`)
    })
  }
}
