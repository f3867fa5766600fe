/** A tab of a user, with what one sees and does there. */
import { expect, type Locator, type Page } from '@playwright/test'
import { ConnectionStatus } from '../../../src/model/connection-status.js'
import type { ConversationId } from '../../../src/model/conversation.js'
import type { TestFile } from './files.js'

/** Milliseconds between two looks: Playwright's own grow to a second, which a test would lose. */
const intervals = [50]

export interface PersonOptions {
  /** `en` unless said otherwise. */
  lang?: string
  /** Another device has a database of its own. */
  device?: string
  /** The test calls `window.person.start()`. */
  start?: 'manual'
  /** The page, `person` unless said otherwise. */
  path?: string
  /** More for the address of the page, such as limits of the service. */
  query?: Record<string, string>
  /** Done before the page is loaded. */
  prepare?: (page: Page) => Promise<unknown>
}

export class Person {
  readonly conversations: Locator
  readonly list: Locator
  readonly editor: Locator
  readonly input: Locator

  static async open(page: Page, userId: string, options: PersonOptions = {}): Promise<Person> {
    const { lang, device, start, path = 'person', query, prepare } = options
    await prepare?.(page)
    const parameters = new URLSearchParams({
      user: userId,
      ...(lang && { lang }),
      ...(device && { device }),
      ...(start && { start }),
      ...query,
    })
    await page.goto(`/test/e2e/pages/${path}.html?${parameters}`)
    return new Person(page, userId)
  }

  constructor(
    readonly page: Page,
    readonly userId: string,
  ) {
    this.conversations = page.locator('conversation-list')
    this.list = page.locator('message-list')
    this.editor = page.locator('message-editor')
    this.input = this.editor.getByRole('textbox')
  }

  /** A row of the conversation list, by the name it begins with. */
  conversation(name: string): Locator {
    return this.conversations.getByRole('option', { name: new RegExp(`^${escaped(name)}(,|$)`) })
  }

  /** What a badge, a marker or another part of a conversation's row says. */
  partOf(name: string, part: string): Locator {
    return this.conversation(name).locator(`[part~="${part}"]`)
  }

  /** A row of the message list that says this itself, and not only in a quote. */
  message(text: string | RegExp): Locator {
    const said = ['text', 'file', 'custom', 'combined', 'notice'].map((part) => `[part~="${part}"]`)
    return this.list
      .locator('im-message-row')
      .filter({ has: this.page.locator(said.join(), { hasText: text }) })
  }

  /** The texts that are said, from top to bottom, without what stands beside them. */
  texts(): Promise<string[]> {
    return this.list.locator('im-message-row [part~="text"]').evaluateAll((texts) =>
      texts.map((text) => {
        const copy = text.cloneNode(true) as Element
        copy.querySelector('[part~="meta"]')?.remove()
        return copy.textContent ?? ''
      }),
    )
  }

  /** Waits until exactly these texts are there. */
  async shows(texts: readonly string[]): Promise<void> {
    const message = `texts on the screen of ${this.userId}`
    await expect.poll(() => this.texts(), { message, intervals }).toEqual(texts)
  }

  /** Goes through the whole conversation, from its beginning to its end: these texts are in it. */
  async reads(texts: readonly string[]): Promise<void> {
    await this.scrollToBeginning()
    const read = await this.list.evaluate(async (list) => {
      const scroller = list.shadowRoot!.querySelector('.scroller')!
      const frame = () => new Promise((resolve) => requestAnimationFrame(resolve))
      const found = new Map<string, string>()
      for (let before = -1; scroller.scrollTop > before;) {
        for (const row of list.shadowRoot!.querySelectorAll<HTMLElement>('im-message-row')) {
          const text = row.querySelector('[part~="text"]')?.cloneNode(true) as Element | undefined
          text?.querySelector('[part~="meta"]')?.remove()
          if (text) found.set(row.dataset.key!, text.textContent ?? '')
        }
        before = scroller.scrollTop
        scroller.scrollTop += scroller.clientHeight / 2
        for (let frames = 0; frames < 4; frames++) await frame()
      }
      return [...found.values()]
    })
    expect(read, `all texts as ${this.userId} reads them`).toEqual(texts)
  }

  /** The mark beside an own message: sending, unread or read. */
  statusOf(text: string): Locator {
    return this.message(text).locator('[part~="status"]')
  }

  /** What is said about the connection. */
  get banner(): Locator {
    return this.conversations.locator('[part~="banner"]')
  }

  get notices(): Locator {
    return this.list.locator('im-message-row [part~="notice"]')
  }

  /** Opens a conversation with a click in the list. */
  async openConversation(name: string): Promise<void> {
    await this.conversation(name).click()
    await expect(this.input).toBeEnabled()
  }

  /** Opens the conversation with somebody, in the list or not, from the host's contacts. */
  async chatWith(name: string): Promise<void> {
    await this.page.getByRole('navigation').getByRole('button', { name, exact: true }).click()
    await expect(this.input).toBeEnabled()
  }

  /** Opens any conversation, as the host's code may. */
  async select(conversation: ConversationId | null): Promise<void> {
    await this.page.evaluate((id) => window.person.kit.selectConversation(id), conversation)
  }

  /** Writes into the text field, key by key. */
  async write(text: string): Promise<void> {
    await this.input.click()
    await this.page.keyboard.type(text)
  }

  /** Waits until what is being written is kept: it is a moment after the last key. */
  async keepsDraft(conversation: ConversationId, text: string): Promise<void> {
    const draft = () =>
      this.page.evaluate(
        async (id) => (await window.person.kit.client!.conversations.get(id)).draft,
        conversation,
      )
    await expect.poll(draft, { intervals }).toBe(text)
  }

  /** Writes and sends with Enter; resolves when the message is on the own screen. */
  async say(text: string): Promise<void> {
    await this.write(text)
    await this.page.keyboard.press('Enter')
    await expect(this.message(text).last()).toBeVisible()
  }

  /** Chooses files through one of the editor's buttons. */
  async chooseFiles(button: string, files: readonly TestFile[]): Promise<void> {
    const [chooser] = await Promise.all([
      this.page.waitForEvent('filechooser'),
      this.editor.getByRole('button', { name: button }).click(),
    ])
    await chooser.setFiles([...files])
  }

  /** A line of the open context menu. */
  menuItem(name: string): Locator {
    return this.page.getByRole('menuitem', { name, exact: true })
  }

  /** Opens the context menu of a message with the right button. */
  async openMenu(text: string | RegExp): Promise<void> {
    await this.message(text).last().locator('[part~="bubble"]').click({ button: 'right' })
    await expect(this.page.getByRole('menu')).toBeVisible()
  }

  /** Chooses from the context menu of a message. */
  async choose(text: string | RegExp, item: string): Promise<void> {
    await this.openMenu(text)
    await this.menuItem(item).click()
  }

  /** Chooses from the context menu of a conversation. */
  async chooseFor(name: string, item: string): Promise<void> {
    await this.conversation(name).click({ button: 'right' })
    await this.menuItem(item).click()
  }

  /** Waits until the service reaches this tab: what is not kept, it would miss before. */
  async isConnected(): Promise<void> {
    const status = () => this.page.evaluate(() => window.person.kit.client?.status)
    await expect.poll(status, { intervals }).toBe(ConnectionStatus.CONNECTED)
  }

  /** Unplugs this tab from the service, or plugs it in again. */
  async setOnline(isOnline: boolean): Promise<void> {
    await this.page.evaluate((value) => window.person.backend.setOnline(value), isOnline)
  }

  /** Scrolls the message list with the wheel to one of its ends. */
  async scrollTo(end: 'top' | 'bottom'): Promise<void> {
    await this.list.hover()
    await this.page.mouse.wheel(0, end === 'top' ? -1_000_000 : 1_000_000)
  }

  /** Goes up, page by page, until there is nothing earlier. */
  async scrollToBeginning(): Promise<void> {
    await expect(async () => {
      await this.scrollTo('top')
      await expect(this.list.getByText('No earlier messages')).toBeInViewport({ timeout: 500 })
    }).toPass()
  }

  /** Opens a conversation, so that all of it is read, and loads the page again. */
  async readOnce(name: string): Promise<void> {
    await this.openConversation(name)
    await expect(this.list.locator('im-message-row')).not.toHaveCount(0)
    await expect(this.partOf(name, 'badge')).toHaveCount(0)
    await this.reload()
  }

  /** Has read a conversation without opening it, as on another device, once all of it is here. */
  async marksRead(conversation: ConversationId, count: number): Promise<void> {
    // What is listed came from the database of somebody who is logged in.
    await expect(this.conversations.getByRole('option')).not.toHaveCount(0)
    const unread = () =>
      this.page.evaluate(
        async (id) => (await window.person.kit.client!.conversations.get(id)).unreadMessageCount,
        conversation,
      )
    await expect.poll(unread, { intervals }).toBe(count)
    await this.page.evaluate((id) => window.person.kit.client!.readState.markRead(id), conversation)
  }

  async reload(): Promise<void> {
    await this.page.reload()
  }
}

function escaped(text: string): string {
  return text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')
}

/** A conversation with one other person. */
export function privately(targetId: string): ConversationId {
  return { conversationType: 1, targetId }
}

export function inGroup(targetId: string): ConversationId {
  return { conversationType: 3, targetId }
}
