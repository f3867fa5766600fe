/** The test of these specs: each worker has one page of the Storybook for all of its tests. */
import { expect, test as base } from '@playwright/test'
import { Storybook } from './storybook.js'

export { expect }

export const test = base.extend<object, { storybook: Storybook }>({
  // It would record the page of all stories for each of them.
  trace: ['off', { scope: 'worker' }],
  storybook: [
    async ({ browser }, use, { project }) => {
      await use(await Storybook.open(browser, project.use.baseURL!))
    },
    { scope: 'worker' },
  ],
})
