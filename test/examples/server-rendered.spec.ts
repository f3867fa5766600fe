// What is only true where a server draws the page.
import { execFile } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { execPath } from 'node:process'
import { promisify } from 'node:util'
import { expect, test } from './support/test.js'

const example = join(import.meta.dirname, '../../examples/next')

test('the server draws the tags, and they become elements in the browser', async ({
  request,
  windows,
}) => {
  const drawn = await (await request.get('/chat?user=alice')).text()
  for (const tag of ['conversation-list', 'message-list', 'message-editor']) {
    expect(drawn).toContain(`<${tag}`)
  }
  expect((await request.get('/chat?user=nobody', { maxRedirects: 0 })).status()).toBe(307)

  const page = await windows.open()
  await page.goto('/chat?user=alice')
  await expect(page.locator('conversation-list')).toContainText('No conversations yet')
  await page.getByRole('button', { name: 'Bob', exact: true }).click()
  await expect(page.locator('message-editor').getByRole('textbox')).toBeEnabled()
})

test('every entry of the package can be imported on a server', async () => {
  const { exports } = JSON.parse(
    readFileSync(join(example, 'node_modules/imkit/package.json'), 'utf8'),
  ) as { exports: Record<string, unknown> }
  const entries = Object.keys(exports)
    .filter((path) => !path.includes('*') && !path.endsWith('.json'))
    // Nothing without Angular.
    .filter((path) => path !== './angular')
    .map((path) => path.replace('.', 'imkit'))
  expect(entries).toContain('imkit/define')
  const script = entries.map((entry) => `await import('${entry}')`).join('\n')
  await promisify(execFile)(execPath, ['--input-type=module', '--eval', script], { cwd: example })
})
