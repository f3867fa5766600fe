import { expect, oneEvent } from '@open-wc/testing'
import { sendKeys } from '@web/test-runner-commands'
import type { IMViewer } from '../../components/im-viewer/im-viewer.js'
import type { TapMessageDetail, VoiceTap } from '../../components/message-list/tap-detail.js'
import type { MessageContent } from '../../src/model/content.js'
import { MessageType } from '../../src/model/message-types.js'
import {
  closeLists,
  content,
  inside,
  lastRow,
  openList,
  redDot,
  rowsOf,
  rowWith,
  send,
  until,
} from '../support/message-list-page.js'
import { HeldUploads } from '../support/held-uploads.js'
import { LocalService } from '../support/backend-local-service.js'
import {
  createPerson,
  say,
  twoPeople,
  withAlice,
  withBob,
  type People,
} from '../support/two-people.js'

describe('opening what is in <message-list>', () => {
  let people: People

  beforeEach(async () => {
    people = await twoPeople()
  })

  afterEach(async () => {
    closeLists()
    await people.end()
  })

  const url = `data:image/png;base64,${redDot}`
  const address = 'https://example.org/a'
  const cases: [type: string, body: MessageContent, selector: string, detail: object][] = [
    [
      MessageType.IMAGE,
      { content: redDot, imageUri: address },
      '.picture',
      { type: 'image', thumb: redDot, url: address },
    ],
    [
      MessageType.FILE,
      { name: 'a.txt', size: 3, type: 'txt', fileUrl: address },
      '.file',
      { type: 'file', url: address, size: 3, name: 'a.txt', fileType: 'txt' },
    ],
    [
      MessageType.SIGHT,
      { sightUrl: address, content: redDot, duration: 4, size: 9, name: 'v.mp4' },
      '.picture',
      { type: 'sight', url: address, thumb: redDot, duration: 4, size: 9, name: 'v.mp4' },
    ],
    [
      MessageType.RICH_CONTENT,
      { title: 'T', content: 'c', imageUri: '', url: address },
      '.rich',
      { type: 'richContent', url: address },
    ],
  ]
  for (const [messageType, body, selector, expected] of cases) {
    it(`tells the host of ${messageType}, and does nothing itself if the host prevents it`, async () => {
      await send(people.bob, withAlice, messageType, body)
      const list = openList(people.alice, withBob)
      const row = await lastRow(list, messageType)
      document.addEventListener('tapMessage', (event) => event.preventDefault(), { once: true })
      const tapped = oneEvent(list, 'tapMessage')
      row.querySelector<HTMLElement>(selector)!.click()
      const { detail } = (await tapped) as CustomEvent<TapMessageDetail>
      const { message, ...rest } = detail
      expect(rest).to.deep.equal(expected)
      expect(message.messageUId).to.equal(row.message.messageUId)
      expect(inside<IMViewer>(list, 'im-viewer')!.open).not.to.equal(true)
    })
  }

  it('lets the host play voice messages, and shows that it does', async () => {
    const body = { remoteUrl: address, duration: 7, type: 'aac' }
    const sent = await send(people.bob, withAlice, MessageType.HQ_VOICE, body)
    const list = openList(people.alice, withBob)
    const voice = (await lastRow(list, MessageType.HQ_VOICE)).querySelector('im-voice')!
    await until(() => inside(voice, '.play'), 'the player')
    document.addEventListener('tapMessage', (event) => event.preventDefault(), { once: true })
    const tapped = oneEvent(list, 'tapMessage')
    inside(voice, '.play')!.click()
    const detail = ((await tapped) as CustomEvent<VoiceTap>).detail
    expect(detail).to.include({ type: 'hqvoice', uid: sent.messageUId, url: address, duration: 7 })
    expect(voice.isPlaying).to.equal(false)
    detail.onStart()
    expect(voice.isPlaying).to.equal(true)
    detail.onStop()
    expect(voice.isPlaying).to.equal(false)
  })

  it('looks at pictures, from one to the next', async () => {
    for (const width of [10, 20]) {
      const file = await (await fetch(url)).blob()
      const message = content(MessageType.IMAGE, { content: redDot, width, height: 10 })
      const { sender } = people.bob.kit.client!
      await sender.sendFile(withAlice, message, file, { field: 'imageUri' })
    }
    const list = openList(people.alice, withBob)
    await until(() => rowsOf(list).length === 2)
    const [first] = rowsOf(list)
    await until(() => first!.querySelector('.picture'))
    first!.querySelector<HTMLElement>('.picture')!.click()
    const viewer = inside<IMViewer>(list, 'im-viewer')!
    await until(() => viewer.open)
    expect(viewer.items).to.have.length(2)
    expect(viewer.index).to.equal(0)
    const shown = () => inside<HTMLImageElement>(viewer, '.picture[data-loaded]')
    await until(() => shown()?.src.startsWith('blob:'))
    await sendKeys({ press: 'ArrowRight' })
    await until(() => viewer.index === 1 && shown())
    await sendKeys({ press: 'Escape' })
    await until(() => !viewer.open)
  })

  it('downloads files under their names', async () => {
    const clicked: string[] = []
    const { click } = HTMLAnchorElement.prototype
    HTMLAnchorElement.prototype.click = function () {
      clicked.push(`${this.download} ${this.href}`)
    }
    try {
      const message = content(MessageType.FILE, { name: 'notes.txt', size: 5, type: 'txt' })
      const { sender } = people.bob.kit.client!
      await sender.sendFile(withAlice, message, new Blob(['notes']), { field: 'fileUrl' })
      const list = openList(people.alice, withBob)
      const row = await lastRow(list, MessageType.FILE)
      row.querySelector<HTMLElement>('.file')!.click()
      await until(() => clicked.length === 1)
      expect(clicked[0]).to.match(/^notes\.txt blob:/)
    } finally {
      HTMLAnchorElement.prototype.click = click
    }
  })

  it('says so when a file can’t be had', async () => {
    const body = { name: 'a.txt', size: 3, type: 'txt', fileUrl: 'javascript:alert(1)' }
    await send(people.bob, withAlice, MessageType.FILE, body)
    const list = openList(people.alice, withBob)
    const row = await lastRow(list, MessageType.FILE)
    const tapped = oneEvent(list, 'tapMessage')
    row.querySelector<HTMLElement>('.file')!.click()
    expect(((await tapped) as CustomEvent<TapMessageDetail>).detail).to.include({ url: '' })
    await until(() => inside(list, '[part=told]')?.textContent === 'Could not be loaded')
  })

  it('opens pages beside this one', async () => {
    const opened: unknown[] = []
    const { open } = window
    window.open = (...rest) => {
      opened.push(...rest)
      return null
    }
    try {
      const body = { title: 'T', content: 'c', imageUri: '', url: address }
      await send(people.bob, withAlice, MessageType.RICH_CONTENT, body)
      const list = openList(people.alice, withBob)
      const row = await lastRow(list, MessageType.RICH_CONTENT)
      row.querySelector<HTMLElement>('.rich')!.click()
      await until(() => opened.length > 0)
      expect(opened).to.deep.equal([address, '_blank', 'noopener,noreferrer'])
    } finally {
      window.open = open
    }
  })

  it('shows how far an upload is, and can give it up', async () => {
    const service = new LocalService()
    const held = new HeldUploads(service.openTab())
    const alice = createPerson(service, 'alice', { backend: held })
    await alice.kit.connect(alice.token)
    const list = openList(alice, withBob)
    const message = content(MessageType.FILE, { name: 'big.zip', size: 9, type: 'zip' })
    await alice.kit.client!.sender.postFile(withBob, message, new Blob(['x']), { field: 'fileUrl' })
    const row = await lastRow(list, MessageType.FILE)
    const progress = () => row.querySelector('progress')
    await until(() => progress()?.value === 50)
    expect(progress()!.ariaLabel).to.equal('Uploading, 50%')
    row.querySelector<HTMLElement>('.upload button')!.click()
    await until(() => rowsOf(list).length === 0 && held.abortCount === 1)
    closeLists()
    await alice.kit.client!.clearLocalData()
    await service.remove()
  })

  describe('by keyboard', () => {
    it('is one tab stop, the newest message first; arrows, Home and End move', async () => {
      for (const words of ['one', 'two', 'three']) await say(people.bob, withAlice, words)
      const list = openList(people.alice, withBob)
      await rowWith(list, 'three')
      await list.updateComplete
      const focused = () => rowsOf(list).indexOf(list.shadowRoot!.activeElement as never)
      expect(rowsOf(list).map((row) => row.tabIndex)).to.deep.equal([-1, -1, 0])
      list.focus()
      expect(focused()).to.equal(2)
      await sendKeys({ press: 'ArrowUp' })
      expect(focused()).to.equal(1)
      await sendKeys({ press: 'Home' })
      expect(focused()).to.equal(0)
      await sendKeys({ press: 'End' })
      expect(focused()).to.equal(2)
    })

    it('opens by Enter', async () => {
      await send(people.bob, withAlice, MessageType.IMAGE, { content: redDot, imageUri: address })
      const list = openList(people.alice, withBob)
      const row = await lastRow(list, MessageType.IMAGE)
      await until(() => row.querySelector('.picture'))
      list.focus()
      const tapped = oneEvent(list, 'tapMessage')
      await sendKeys({ press: 'Enter' })
      await tapped
    })

    it('sends a failed message again by Enter', async () => {
      const group = await people.group('Friends', people.alice, people.bob)
      await people.alice.kit.client!.groups.kick(group.targetId, ['bob'])
      const list = openList(people.bob, group)
      await people.bob.kit.post(group, content(MessageType.TEXT, { content: 'hello?' }))
      const row = await rowWith(list, 'hello?')
      await until(() => row.querySelector('.resend'))
      await people.alice.kit.client!.groups.invite(group.targetId, ['bob'])
      row.focus()
      await sendKeys({ press: 'Enter' })
      await until(() => !rowsOf(list).some((it) => it.querySelector('.resend')))
    })
  })
})
