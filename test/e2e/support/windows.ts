import type { BrowserContext, Page } from '@playwright/test'

/**
 * Opens pages of one context in windows of their own. Of several tabs of one window a browser
 * without a screen lets all but one wait: a click there takes seconds.
 */
export class Windows {
  #context: BrowserContext
  /** The page all others are opened from. One at a time: else nobody knows which is whose. */
  #last: Promise<Page>

  constructor(context: BrowserContext) {
    this.#context = context
    this.#last = context.newPage()
  }

  open(): Promise<Page> {
    const opener = this.#last
    return (this.#last = opener.then(() => this.#open()))
  }

  async #open(): Promise<Page> {
    const [opener] = this.#context.pages()
    const [page] = await Promise.all([
      this.#context.waitForEvent('page'),
      opener!.evaluate(() => void open('about:blank', '_blank', 'noopener,width=1000,height=700')),
    ])
    return page
  }
}
