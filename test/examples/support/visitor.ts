/** Somebody on the page of an example: all of them have the same buttons. */
import { expect, type Locator, type Page } from '@playwright/test'
import { Person } from '../../e2e/support/person.js'

export class Visitor extends Person {
  static async logIn(page: Page, name: string): Promise<Visitor> {
    const visitor = new Visitor(page, name.toLowerCase())
    await page.goto('/')
    await visitor.logsIn(name)
    return visitor
  }

  async logsIn(name: string): Promise<void> {
    await this.page.getByLabel('Who are you?').selectOption({ label: name })
    await this.press('Log in')
    await expect(this.page.getByRole('banner')).toContainText(name)
    await expect(this.conversations).toBeVisible()
  }

  async press(name: string): Promise<void> {
    await this.page.getByRole('button', { name, exact: true }).click()
  }

  get notes(): Locator {
    return this.page.getByRole('complementary', { name: 'Notes' })
  }

  /** The dialog of the page itself. */
  get forwardDialog(): Locator {
    return this.page.getByRole('dialog', { name: 'Forward to' })
  }

  backgroundOf(element: Locator): Promise<string> {
    return element.evaluate((it) => getComputedStyle(it).backgroundColor)
  }
}
