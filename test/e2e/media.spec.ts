import { readFile, writeFile } from 'node:fs/promises'
import { picture, textFile } from './support/files.js'
import { expect, test } from './support/test.js'

test('sends a picture, which the other side sees and enlarges', async ({ open }) => {
  const [alice, bob] = await Promise.all([open('alice'), open('bob')])
  await alice.chatWith('Bob')
  await alice.chooseFiles('Send an image', [picture('red.png', 320, 160)])
  await expect(alice.editor.locator('[part~="attachment"]')).toContainText('red.png')
  await alice.input.press('Enter')
  await expect(alice.editor.locator('[part~="attachment"]')).toHaveCount(0)

  await expect(bob.partOf('Alice', 'digest')).toHaveText('[Image]')
  await bob.openConversation('Alice')
  const image = bob.list.locator('im-message-row [part~="image"]')
  await expect.poll(() => image.evaluate((it: HTMLImageElement) => it.naturalWidth)).toBe(320)
  const box = (await image.boundingBox())!
  expect(box.width / box.height).toBeCloseTo(2, 1)

  await bob.list.getByRole('button', { name: 'View image' }).click()
  const viewer = bob.page.locator('im-viewer')
  await expect(viewer.getByRole('dialog')).toBeVisible()
  await bob.page.keyboard.press('Escape')
  await expect(viewer.getByRole('dialog')).toBeHidden()
})

test('leaves opening to a host that takes tapMessage', async ({ open }) => {
  const alice = await open('alice')
  await alice.chatWith('Bob')
  await alice.chooseFiles('Send an image', [picture('red.png', 32, 32)])
  await alice.input.press('Enter')
  await alice.chooseFiles('Send a file', [textFile('notes.txt', 'five!')])
  await alice.input.press('Enter')
  await alice.page.evaluate(() => {
    const taps: unknown[] = []
    document.addEventListener('tapMessage', (event) => {
      event.preventDefault()
      const { message: _, ...detail } = (event as CustomEvent).detail
      taps.push(detail)
    })
    Object.assign(window, { taps })
  })
  await alice.list.getByRole('button', { name: 'View image' }).click()
  await alice.list.getByRole('button', { name: /notes\.txt/ }).click()
  const taps = () => alice.page.evaluate(() => (window as unknown as { taps: object[] }).taps)
  await expect.poll(async () => (await taps()).length).toBe(2)
  const url = expect.stringMatching(/^(blob|https?):/)
  expect(await taps()).toEqual([
    { type: 'image', thumb: expect.stringMatching(/^[\w+/=]+$/), url },
    { type: 'file', url, size: 5, name: 'notes.txt', fileType: expect.any(String) },
  ])
  await expect(alice.page.locator('im-viewer').getByRole('dialog')).toBeHidden()
})

test('sends files with a text, which the other side downloads', async ({ open }) => {
  const [alice, bob] = await Promise.all([open('alice'), open('bob')])
  await alice.chatWith('Bob')
  await alice.chooseFiles('Send a file', [
    textFile('one.txt', 'the first'),
    textFile('two.txt', 'the second'),
    textFile('three.bin', 'the third'),
  ])
  await alice.editor.getByRole('button', { name: 'Remove two.txt' }).click()
  await alice.write('as promised')
  await alice.page.keyboard.press('Enter')

  await bob.openConversation('Alice')
  // A text does not wait for an upload; files keep their order.
  await expect(bob.list.locator('[part~="file"]')).toHaveText([/one\.txt/, /three\.bin/])
  await bob.shows(['as promised'])
  const [download] = await Promise.all([
    bob.page.waitForEvent('download'),
    bob.list.getByRole('button', { name: /three\.bin/ }).click(),
  ])
  expect(download.suggestedFilename()).toBe('three.bin')
  expect(await readFile(await download.path(), 'utf8')).toBe('the third')
})

test('refuses empty and oversized files and keeps the rest', async ({ open, trouble }) => {
  const alice = await open('alice', { query: { fileSize: '1000' } })
  await alice.chatWith('Bob')
  await alice.chooseFiles('Send a file', [textFile('empty.txt', ''), textFile('full.txt', 'full')])
  await expect(alice.editor.getByRole('alert')).toHaveText('empty.txt: An empty file can’t be sent')
  await expect(alice.editor.locator('[part~="attachment"]')).toHaveCount(1)
  await alice.input.press('Enter')
  await expect(alice.message('full.txt')).toBeVisible()

  await alice.chooseFiles('Send a file', [textFile('large.txt', 'x'.repeat(1001))])
  await alice.input.press('Enter')
  await expect(alice.message('large.txt').getByRole('button', { name: /Not sent/ })).toBeVisible()
  await expect(alice.message('large.txt').locator('[part~="failure"]')).toHaveText(
    'The file could not be uploaded. Try again.',
  )
  trouble.forgive(/upload/)
})

test('takes pasted pictures and files, and pasted text as text', async ({ open, context }) => {
  await context.grantPermissions(['clipboard-read', 'clipboard-write'])
  const [alice, bob] = await Promise.all([open('alice'), open('bob')])
  await alice.chatWith('Bob')
  const { buffer } = picture('clip.png', 48, 24)
  await alice.page.evaluate(async (base64) => {
    const bytes = Uint8Array.from(atob(base64), (character) => character.charCodeAt(0))
    const item = new ClipboardItem({ 'image/png': new Blob([bytes], { type: 'image/png' }) })
    await navigator.clipboard.write([item])
  }, buffer.toString('base64'))
  await alice.input.press('ControlOrMeta+V')
  await expect(alice.editor.locator('[part~="attachment"]')).toHaveCount(1)
  await alice.input.press('Enter')

  await alice.page.evaluate(() => {
    const html = new Blob(['<b>bold</b> words'], { type: 'text/html' })
    const text = new Blob(['bold words'], { type: 'text/plain' })
    const item = new ClipboardItem({ 'text/html': html, 'text/plain': text })
    return navigator.clipboard.write([item])
  })
  await alice.input.press('ControlOrMeta+V')
  await expect(alice.input).toHaveValue('bold words')
  await alice.input.press('Enter')

  await bob.openConversation('Alice')
  await bob.shows(['bold words'])
  const image = bob.list.locator('im-message-row [part~="image"]')
  await expect.poll(() => image.evaluate((it: HTMLImageElement) => it.naturalWidth)).toBe(48)
})

test('takes files that are dragged from outside and dropped', async ({ open }, info) => {
  const [alice, bob] = await Promise.all([open('alice'), open('bob')])
  await alice.chatWith('Bob')
  const path = info.outputPath('dropped.txt')
  await writeFile(path, 'from the desktop')
  const { x, y, width, height } = (await alice.input.boundingBox())!
  const session = await alice.page.context().newCDPSession(alice.page)
  const drag = (type: 'dragEnter' | 'dragOver' | 'drop') =>
    session.send('Input.dispatchDragEvent', {
      type,
      x: x + width / 2,
      y: y + height / 2,
      data: { items: [], files: [path], dragOperationsMask: 1 },
    })
  await drag('dragEnter')
  await drag('dragOver')
  await expect(alice.editor.locator('[part~="drop-zone"]')).toHaveText('Drop to send')
  await drag('drop')
  await expect(alice.editor.locator('[part~="drop-zone"]')).toHaveCount(0)
  await expect(alice.editor.locator('[part~="attachment"]')).toContainText('dropped.txt')
  await alice.input.press('Enter')
  await bob.openConversation('Alice')
  await expect(bob.message('dropped.txt')).toBeVisible()
})

test('an upload that takes its time shows how far it is and can be stopped', async ({ open }) => {
  const alice = await open('alice', {
    query: { fileSize: '100000000' },
    // Slices go in one by one; nobody lets the second one in.
    prepare: (page) =>
      page.addInitScript(() => {
        const { add } = IDBObjectStore.prototype
        let slices = 0
        IDBObjectStore.prototype.add = function (value, key) {
          if (this.name === 'fileSlices' && ++slices > 1) {
            const never = this.get('never')
            Object.defineProperty(never, 'onsuccess', { set() {} })
            return never as IDBRequest<IDBValidKey>
          }
          return add.call(this, value, key)
        }
      }),
  })
  await alice.chatWith('Bob')
  await alice.chooseFiles('Send a file', [textFile('long.txt', 'x'.repeat(1024 * 1024))])
  await alice.input.press('Enter')
  await expect(alice.message('long.txt').getByRole('progressbar')).toHaveAttribute(
    'aria-label',
    'Uploading, 50%',
  )
  await alice.message('long.txt').getByRole('button', { name: 'Cancel upload' }).click()
  await expect(alice.message('long.txt')).toHaveCount(0)
})
