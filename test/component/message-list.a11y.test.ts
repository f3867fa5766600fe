import { expect, nextFrame } from '@open-wc/testing'
import { emulateMedia } from '@web/test-runner-commands'
import type { MessageList } from '../../components/message-list/message-list.js'
import { MessageType } from '../../src/model/message-types.js'
import {
  chooseItem,
  closeLists,
  inside,
  openList,
  openMenu,
  redDot,
  rowsOf,
  rowWith,
  send,
  until,
} from '../support/message-list-page.js'
import { say, text, twoPeople, withAlice, withBob, type People } from '../support/two-people.js'

describe('<message-list>, for everybody', () => {
  let people: People
  let list: MessageList

  /** One of each kind. */
  before(async () => {
    people = await twoPeople()
    const { alice, bob } = people
    const bobSends = (type: string, body: object) => send(bob, withAlice, type, body)
    const fileUrl = 'https://example.org/a.pdf'
    const first = await say(alice, withBob, 'see https://example.org 😀')
    await bobSends(MessageType.TEXT, { content: 'مرحبا بالعالم' })
    await bobSends(MessageType.REFERENCE, {
      content: 'yes',
      referMsgUserId: 'alice',
      referMsgUid: first.messageUId,
      objName: MessageType.TEXT,
      referMsg: first.content,
    })
    await bobSends(MessageType.IMAGE, { content: redDot, imageUri: 'https://localhost/none.png' })
    await bobSends(MessageType.SIGHT, { sightUrl: fileUrl, content: redDot, duration: 7 })
    await bobSends(MessageType.FILE, { name: 'a.pdf', size: 1, type: 'pdf', fileUrl })
    await bobSends(MessageType.HQ_VOICE, { remoteUrl: fileUrl, duration: 7, type: 'aac' })
    await bobSends(MessageType.LOCATION, { longitude: 1, latitude: 2, poi: 'Park', content: '' })
    await bobSends(MessageType.RICH_CONTENT, {
      title: 'T',
      content: 'c',
      imageUri: '',
      url: fileUrl,
    })
    await bobSends(MessageType.COMBINE, {
      msgList: [],
      nameList: ['A'],
      summaryList: ['A: b'],
      msgNum: 1,
    })
    await bobSends(MessageType.INFORMATION_NOTIFICATION, { message: 'Information' })
    await alice.kit.recall(await say(alice, withBob, 'oops'))
    await bob.kit.client!.readState.markRead(withAlice)
    const { client } = alice.kit
    await until(async () => (await client!.conversations.get(withBob)).unreadMessageCount > 8)
    await until(() => alice.kit.people.user('bob').value.name === 'Bob', 'his name')
    alice.backend.setOnline(false)
    await alice.kit.post(withBob, text('waiting'))
  })

  after(() => people.end())

  beforeEach(async () => {
    list = openList(people.alice, withBob)
    list.style.blockSize = '1800px'
    await rowWith(list, 'waiting')
    const row = await rowWith(list, 'Information')
    await until(() => rowsOf(list)[0]!.getAttribute('aria-label')?.includes('You'))
    await until(() => row.tabIndex !== undefined)
    await list.updateComplete
  })

  afterEach(async () => {
    closeLists()
    document.documentElement.dir = ''
    document.documentElement.style.colorScheme = ''
    await emulateMedia({ forcedColors: 'none', reducedMotion: 'no-preference' })
  })

  it('takes another theme at once where less motion is asked for', async () => {
    await emulateMedia({ reducedMotion: 'reduce' })
    const row = await rowWith(list, 'a.pdf')
    const root = document.documentElement
    const colours = () => ['.bubble', '.file-name'].map((name) => colourOf(row, name))
    root.style.colorScheme = 'dark'
    const dark = colours()
    root.style.colorScheme = 'light'
    const light = colours()
    root.style.colorScheme = ''
    await emulateMedia({ reducedMotion: 'no-preference' })
    expect(dark[1]).to.equal(dark[0])
    expect(light[1]).to.equal(light[0])
    expect(light).not.to.deep.equal(dark)
  })

  it('is a region with a list of named items, none of it live', async () => {
    await expect(list).to.be.accessible()
    const labels = rowsOf(list).map((row) => row.getAttribute('aria-label')!)
    expect(labels[0]).to.match(/^You, .+: see https:\/\/example\.org 😀, (Read|Unread)$/)
    expect(labels.find((label) => label.includes('a.pdf'))).to.match(/^Bob, /)
    expect(labels.at(-1)).to.match(/waiting, Sending$/)
    expect(labels.find((label) => label.includes('Information'))).to.equal('Information')
    expect(inside(list, '[aria-live], [role=log]')).to.equal(null)
    expect(rowsOf(list).filter((row) => row.tabIndex === 0)).to.have.length(1)
  })

  it('is accessible in dark', async () => {
    document.documentElement.style.colorScheme = 'dark'
    expect(getComputedStyle(list).backgroundColor).to.equal('rgb(20, 22, 25)')
    await expect(list).to.be.accessible()
  })

  it('is accessible while messages are being chosen', async () => {
    await openMenu(list, await rowWith(list, 'see'))
    await expect(list).to.be.accessible()
    chooseItem(list, 'Select')
    await until(() => inside(list, '[part=choices]'))
    await expect(list).to.be.accessible()
  })

  it('shows in forced colours where bubbles end and what is focused', async () => {
    await emulateMedia({ forcedColors: 'active' })
    const bubble = inside(list, '.bubble')!
    expect(getComputedStyle(bubble).borderTopStyle).to.equal('solid')
    await expect(list).to.be.accessible()
  })

  it('runs from right to left, texts by their own direction', async () => {
    document.documentElement.dir = 'rtl'
    await nextFrame()
    const own = (await rowWith(list, 'see')).querySelector('.bubble')!.getBoundingClientRect()
    const other = (await rowWith(list, 'مرحبا')).querySelector('.bubble')!.getBoundingClientRect()
    const view = list.getBoundingClientRect()
    expect(own.left - view.left).to.be.lessThan(40)
    expect(view.right - other.right).to.be.lessThan(80)
    const arabic = (await rowWith(list, 'مرحبا')).querySelector('.text')!
    const english = (await rowWith(list, 'see')).querySelector('.text')!
    expect(getComputedStyle(arabic).direction).to.equal('rtl')
    expect(getComputedStyle(english).direction).to.equal('ltr')
    await expect(list).to.be.accessible()
  })

  it('holds still where less motion is asked for', async () => {
    await emulateMedia({ reducedMotion: 'reduce' })
    const row = rowsOf(list)[0]!
    row.toggleAttribute('data-highlighted', true)
    const { animationDuration } = getComputedStyle(row.querySelector('.bubble')!)
    expect(parseFloat(animationDuration)).to.be.below(0.001)
  })
})

function colourOf(row: Element, selector: string): string {
  return getComputedStyle(row.querySelector(selector)!).color
}
