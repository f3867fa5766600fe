import { test as base } from '../../e2e/support/test.js'
import { Visitor } from './visitor.js'

export { expect } from '../../e2e/support/test.js'

export const test = base.extend<{ logIn: (name: string) => Promise<Visitor> }>({
  logIn: async ({ windows }, use) => {
    await use(async (name) => Visitor.logIn(await windows.open(), name))
  },
})
