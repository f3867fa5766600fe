/** The test of these specs: opens people, and fails when a page has trouble nobody expected. */
import { expect, test as base, type ConsoleMessage, type Page } from '@playwright/test'
import { startServer, type Server } from '../../../server/start-server.js'
import { localToken } from '../../../src/backends/local/token.js'
import type { TestSetting } from '../pages/test-setting.js'
import { Person, type PersonOptions } from './person.js'
import { ServerPlace } from './server-place.js'
import { Windows } from './windows.js'

export { expect }

export interface Options {
  /** Whether the service knows the names of its users. */
  hasProfiles: boolean
}

export interface WorkerOptions {
  /** Whether the pages run on a real server, and not on the embedded service. */
  isOnServer: boolean
}

interface WorkerFixtures {
  /** One for all tests of a worker, which it runs one after the other. */
  server: Server | undefined
}

interface Fixtures {
  /** The test's own place on the server. */
  place: ServerPlace | undefined
  tokenOf: (userId: string) => string
  windows: Windows
  /** Everything a page reported, wrote as an error, or let go uncaught. */
  trouble: Trouble
  /** Opens a tab of a user. */
  open: (userId: string, options?: PersonOptions) => Promise<Person>
  /** A tab with nothing but the service, to set things up. */
  service: Page
}

export const test = base.extend<Options & Fixtures, WorkerOptions & WorkerFixtures>({
  isOnServer: [false, { option: true, scope: 'worker' }],
  hasProfiles: [false, { option: true }],

  server: [
    async ({ isOnServer }, use) => {
      const server = isOnServer ? await startServer() : undefined
      await use(server)
      await server?.stop()
    },
    { scope: 'worker', timeout: 60_000 },
  ],

  place: async ({ server, hasProfiles }, use) => {
    const place = server && new ServerPlace(server)
    await place?.open({ hasProfiles })
    await use(place)
  },

  tokenOf: async ({ place }, use) => {
    await use((userId) => place?.tokenOf(userId) ?? localToken(userId))
  },

  context: async ({ context, place, hasProfiles }, use) => {
    const setting: TestSetting = { hasProfiles, server: place?.setting }
    await context.addInitScript((given) => void (window.testSetting = given), setting)
    await context.exposeFunction('sendAsServer', place ? place.sendAsServer.bind(place) : () => {})
    await use(context)
  },

  trouble: [
    async ({ context }, use, testInfo) => {
      const trouble = new Trouble()
      context.on('weberror', (error) => trouble.add(`uncaught: ${String(error.error())}`))
      const console: string[] = []
      context.on('console', (message) => {
        trouble.addFrom(message)
        console.push(`${message.page()?.url() ?? ''} ${message.type()}: ${message.text()}`)
      })
      await use(trouble)
      const hasFailed = testInfo.status !== testInfo.expectedStatus || trouble.lines.length > 0
      if (hasFailed) await testInfo.attach('console', { body: console.join('\n') })
      expect(trouble.lines, 'trouble that nobody expected').toEqual([])
    },
    { auto: true },
  ],

  windows: async ({ context }, use) => {
    await use(new Windows(context))
  },

  open: async ({ windows }, use) => {
    await use(async (userId, options) => Person.open(await windows.open(), userId, options))
  },

  service: async ({ windows }, use) => {
    const page = await windows.open()
    await page.goto('/test/e2e/pages/service.html')
    await use(page)
  },
})

export class Trouble {
  #lines: string[] = []
  #forgiven: RegExp[] = []

  /** What nobody forgave. */
  get lines(): string[] {
    return this.#lines.filter((line) => !this.#forgiven.some((pattern) => pattern.test(line)))
  }

  add(line: string): void {
    // Without the stack.
    this.#lines.push(line.split('\n')[0]!)
  }

  addFrom(message: ConsoleMessage): void {
    if (message.type() === 'error') this.add(message.text())
  }

  /** Waits until a line like this is there, and forgives it. */
  async expect(pattern: RegExp): Promise<void> {
    await expect.poll(() => this.#lines.join('\n')).toMatch(pattern)
    this.forgive(pattern)
  }

  /** Lines like this are no trouble, nor are later ones: another page may yet bring its own. */
  forgive(pattern: RegExp): void {
    this.#forgiven.push(pattern)
  }
}
