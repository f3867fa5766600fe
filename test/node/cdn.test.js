// The CDN file on a plain page in a browser, from an address of its own.

import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { createServer } from 'node:http'
import { extname, join } from 'node:path'
import { after, before, test } from 'node:test'
import { chromium } from 'playwright-core'
import { browserFlags, findBrowser } from '../../scripts/browser.js'

const dist = join(import.meta.dirname, '../../dist')
const page = `<!doctype html>
<html lang="en">
  <head>
    <link rel="stylesheet" href="/npm/imkit@0/dist/themes/imkit.css" />
  </head>
  <body>
    <im-chat style="height: 90vh"></im-chat>
    <script type="module">
      import { html, imkit, local, localToken } from '/npm/imkit@0/dist/cdn/imkit.js'

      imkit.init({
        appkey: 'cdn',
        backend: local(),
        language: 'en',
        customMessage: { userMessage: { 'app:card': ({ content }) => html\`<b>\${content.title}</b>\` } },
      })
      const Card = imkit.registerMessageType('app:card', true, true)
      await imkit.connect(localToken('alice'))
      const bob = { conversationType: 1, targetId: 'bob' }
      imkit.selectConversation(bob)
      await imkit.sendMessage(bob, new Card({ title: 'A card' }))
    </script>
  </body>
</html>`

const types = { '.js': 'text/javascript', '.css': 'text/css', '.map': 'application/json' }
const server = createServer(({ url = '' }, response) => {
  const [, path] = /^\/npm\/imkit@0\/dist\/(.*)$/.exec(url) ?? []
  const headers = { 'Content-Type': (path && types[extname(path)]) ?? 'text/html' }
  response.writeHead(200, headers).end(path ? readFileSync(join(dist, path)) : page)
})
let browser

before(async () => {
  await new Promise((resolve) => server.listen(0, '127.0.0.1', resolve))
  browser = await chromium.launch({ executablePath: await findBrowser(), args: browserFlags })
})
after(async () => {
  await browser?.close()
  server.close()
})

test('one script gives a chat, and what it needs later comes from beside it', async () => {
  const tab = await browser.newPage()
  const trouble = []
  const asked = []
  tab.on('pageerror', (error) => trouble.push(error.message))
  tab.on('console', (message) => message.type() === 'error' && trouble.push(message.text()))
  tab.on('request', (request) => asked.push(new URL(request.url())))
  const { port } = server.address()
  await tab.goto(`http://127.0.0.1:${port}/shop/chat.html`)

  await tab.getByText('A card').first().waitFor()
  await tab.getByRole('textbox').fill('hello https://example.com')
  await tab.keyboard.press('Enter')
  await tab.locator('message-list').getByRole('link').waitFor()
  await tab.locator('message-list').getByText('hello').click({ button: 'right' })
  await tab.getByRole('menuitem', { name: 'Copy' }).waitFor()

  assert.deepEqual(trouble, [])
  assert.deepEqual([...new Set(asked.map(({ hostname }) => hostname))], ['127.0.0.1'])
  assert.ok(
    asked.some(({ pathname }) => pathname.startsWith('/npm/imkit@0/dist/cdn/chunks/im-menu')),
  )
})
