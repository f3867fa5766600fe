/** A theme holds for all inside the element that asks for it, whatever the page around it has. */
import { allStories } from './support/storybook.js'
import { expect, test } from './support/test.js'

test('a light part of a dark page is light, and the other way round', async ({ storybook }) => {
  const colours = allStories().find(({ id }) => id === 'themes--colours')!
  const grounds = () =>
    Promise.all(
      ['light', 'dark'].map((theme) =>
        storybook.colour(`.palette[data-im-theme=${theme}]`, 'background-color'),
      ),
    )

  await storybook.show(colours)
  await storybook.turn('light')
  const onLight = await grounds()
  await storybook.turn('dark')
  const onDark = await grounds()

  expect(onLight).toEqual(['rgb(255, 255, 255)', 'rgb(27, 29, 33)'])
  expect(onDark).toEqual(onLight)
})
