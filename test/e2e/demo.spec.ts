import { AxeBuilder } from '@axe-core/playwright'
import { expect, test } from './support/test.js'

// Trouble on the page fails it, a picture that is not there too.
test('the demo shows two people side by side who talk to each other', async ({ windows }) => {
  const page = await windows.open()
  // Colours on their way to others are nobody's.
  await page.emulateMedia({ reducedMotion: 'reduce' })
  await page.goto('/?lang=en')
  const [alice, bob] = ['Alice', 'Bob'].map((name) =>
    page.getByRole('region', { name, exact: true }),
  )

  await alice!.getByRole('option', { name: /^Bob, \d/ }).click()
  await bob!.getByRole('option', { name: /^Alice, \d/ }).click()
  await alice!.getByRole('textbox').fill('Do you see this?')
  await alice!.getByRole('button', { name: 'Send', exact: true }).click()
  await expect(bob!.getByRole('listitem', { name: 'Do you see this?' })).toBeVisible()

  for (const theme of ['light', 'dark']) {
    await page.getByLabel('Theme').selectOption(theme)
    const { violations } = await new AxeBuilder({ page })
      .options({ resultTypes: ['violations'] })
      // All is in one frame, and so the results need no page of their own to be gathered.
      .setLegacyMode()
      .analyze()
    const found = violations.flatMap(({ nodes }) =>
      nodes.map(({ html, failureSummary }) => `${html} ${failureSummary}`),
    )
    expect(found).toEqual([])
  }
})
