/**
 * Shows every page of documentation in the built Storybook: it is drawn whole, its links lead to
 * pages there are, axe finds nothing in what is ours of it, nothing is written to the console as an
 * error, and nothing is asked of any other host.
 */
import { allPages, allStories } from './support/storybook.js'
import { expect, test } from './support/test.js'

const addresses = [
  ...allPages().map(({ id }) => `/docs/${id}`),
  ...allStories().map(({ id }) => `/story/${id}`),
]

for (const page of allPages()) {
  test(`${page.title}: ${page.name}`, async ({ storybook }) => {
    await storybook.showPage(page)
    const lost = (await storybook.links()).filter((link) => !addresses.includes(link))
    const found = await storybook.violationsOfPage()
    expect([...lost, ...found, ...storybook.takeTroubles()]).toEqual([])
  })
}
