import { expect, test } from './support/test.js'

test('a browser that refuses storage leaves readable lines', async ({ open, trouble }) => {
  const alice = await open('alice', {
    start: 'manual',
    prepare: (page) =>
      page.addInitScript(() => {
        indexedDB.open = () => {
          throw new DOMException('Not in private mode.', 'SecurityError')
        }
      }),
  })
  const error = await alice.page.evaluate(() =>
    window.person.start().then(
      () => undefined,
      ({ code, message }: { code: number; message: string }) => ({ code, message }),
    ),
  )
  expect(error).toEqual({ code: 33002, message: expect.stringContaining('IndexedDB') })
  await expect(alice.conversations).toContainText(/Could not be loaded|storage can’t be used/)
  await expect(alice.input).toBeDisabled()
  trouble.forgive(/IndexedDB/)
})

test('a full disk keeps the text in the editor and says why', async ({ open, trouble }) => {
  const [alice, bob] = await Promise.all([open('alice'), open('bob')])
  await alice.chatWith('Bob')
  await alice.say('there is room')
  await expect(alice.statusOf('there is room')).toHaveAccessibleName('Unread')
  await alice.page.evaluate(() => {
    const { add, put } = IDBObjectStore.prototype
    const refuse = () => {
      throw new DOMException('The disk is full.', 'QuotaExceededError')
    }
    const isMessages = (store: IDBObjectStore) =>
      store.name === 'messages' && store.transaction.db.name.includes('alice')
    IDBObjectStore.prototype.add = function (...row) {
      return isMessages(this) ? refuse() : add.apply(this, row)
    }
    IDBObjectStore.prototype.put = function (...row) {
      return isMessages(this) ? refuse() : put.apply(this, row)
    }
    Object.assign(window, {
      makeRoom: () => Object.assign(IDBObjectStore.prototype, { add, put }),
    })
  })
  await alice.write('no room for this here')
  await alice.page.keyboard.press('Enter')
  // It was on its way when the disk was found to be full.
  await expect(alice.editor.getByRole('alert')).toHaveText(
    'The message was sent. There is no storage left to keep it here.',
  )
  await expect(alice.input).toHaveValue('')
  await alice.write('no room for this')
  await alice.page.keyboard.press('Enter')
  await expect(alice.editor.getByRole('alert')).toHaveText(
    'There is no storage left to keep the message.',
  )
  await expect(alice.input).toHaveValue('no room for this')
  await alice.page.evaluate(() => (window as unknown as { makeRoom(): void }).makeRoom())
  await alice.shows(['there is room', 'no room for this here'])
  await alice.input.press('Enter')
  await expect(alice.editor.getByRole('alert')).toHaveText('')
  const all = ['there is room', 'no room for this here', 'no room for this']
  await alice.shows(all)
  await bob.openConversation('Alice')
  await bob.shows(all)
  trouble.forgive(/no more storage|sending a message/)
})

test('a database of a newer version is left alone and named', async ({ open, trouble }) => {
  const before = await open('alice')
  await before.chatWith('Bob')
  await before.say('kept')
  await before.page.close()
  const raiser = await open('carol')
  const version = await raiser.page.evaluate(async () => {
    const names = (await indexedDB.databases()).map(({ name }) => name!)
    const name = names.find((name) => name.includes('alice'))!
    return new Promise((resolve, reject) => {
      const request = indexedDB.open(name, 1_000_000)
      request.onsuccess = () => {
        resolve(request.result.version)
        request.result.close()
      }
      request.onerror = () => reject(request.error!)
    })
  })
  expect(version).toBe(1_000_000)

  const alice = await open('alice', { start: 'manual' })
  const message = await alice.page.evaluate(() =>
    window.person.start().then(
      () => '',
      (error: Error) => error.message,
    ),
  )
  expect(message).toContain('newer version')
  await expect(alice.conversations).toContainText(/Could not be loaded|storage can’t be used/)
  trouble.forgive(/newer version/)
})

test('a text over the limit stays in the editor', async ({ open }) => {
  const [alice, bob] = await Promise.all([open('alice'), open('bob')])
  await alice.chatWith('Bob')
  await alice.input.fill('é'.repeat(64 * 1024))
  await alice.input.press('Enter')
  await expect(alice.editor.getByRole('alert')).toContainText('The message is too long')
  await expect(alice.input).toHaveValue(/^é{65536}$/)
  await alice.input.fill('short enough')
  await alice.input.press('Enter')
  await bob.openConversation('Alice')
  await bob.shows(['short enough'])
})
