/**
 * Shows every story of the built Storybook, light and dark: what it is to show comes, what it plays
 * goes well, axe finds nothing in it, nothing is written to the console as an error, and nothing is
 * asked of any other host.
 */
import { allStories } from './support/storybook.js'
import { expect, test } from './support/test.js'

for (const story of allStories()) {
  test(`${story.title}: ${story.name}`, async ({ storybook }) => {
    const found: string[] = []
    const check = async (theme: string) => {
      for (const violation of await storybook.violations()) found.push(`${theme}: ${violation}`)
    }

    await storybook.show(story)
    const first = await storybook.theme()
    await check(first)

    const second = first === 'dark' ? 'light' : 'dark'
    await storybook.turn(second)
    if ((await storybook.theme()) === second) await check(second)

    expect([...found, ...storybook.takeTroubles()]).toEqual([])
  })
}
