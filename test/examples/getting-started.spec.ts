// As a new user would: the steps of docs/getting-started.md, one after the other, in an empty folder.
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Person } from '../e2e/support/person.js'
import { NewProject, stepsOf } from './support/steps.js'
import { expect, test as base } from './support/test.js'

/** What the file server of the packages would give. */
const published = join(import.meta.dirname, '../../examples/html/node_modules/imkit')

const test = base.extend<{ project: NewProject }>({
  // Outside of this repository, whose packages would be found from below it.
  project: async ({ context }, use) => {
    const folder = mkdtempSync(join(tmpdir(), 'imkit-new-'))
    const project = new NewProject(folder)
    await use(project)
    // A page would miss its development server.
    await Promise.all(context.pages().map((page) => page.close()))
    await project.stop()
    rmSync(folder, { recursive: true, force: true })
  },
})

for (const section of ['Next.js', 'Angular', 'Vue', 'React', 'Svelte', 'Plain HTML']) {
  test(`${section}: the steps give a chat between two tabs`, async ({
    context,
    windows,
    project,
  }) => {
    await context.route(/^https:\/\/cdn\.jsdelivr\.net\/npm\/imkit@0\.1\//, (route) => {
      const path = new URL(route.request().url()).pathname.replace('/npm/imkit@0.1/', '')
      const headers = { 'access-control-allow-origin': '*' }
      return route.fulfill({ path: join(published, path), headers })
    })
    const address = await project.take(stepsOf(section))
    const [alice, bob] = await Promise.all(
      ['', '?user=bob'].map(async (user) => {
        const page = await windows.open()
        await page.goto(`${address}/${user}`)
        return new Person(page, user)
      }),
    )
    await alice!.say('hello from an empty folder')
    await expect(bob!.message('hello from an empty folder')).toBeVisible()
    await bob!.say('it works')
    await alice!.shows(['hello from an empty folder', 'it works'])
  })
}

test('a new project of Vite has a chat after `npx imkit init`', async ({ windows, project }) => {
  const [create] = stepsOf('Vue')
  const [newFolder, intoIt] = create!.text.split('\n')
  const address = await project.take([
    { text: `${newFolder}\n${intoIt}` },
    ...stepsOf('Into a Vite project', 'README.md'),
    { text: 'npm run dev' },
  ])
  const page = await windows.open()
  await page.goto(address)
  const alice = new Person(page, 'alice')
  await alice.say('hello from a new project')
  await alice.shows(['hello from a new project'])
})
