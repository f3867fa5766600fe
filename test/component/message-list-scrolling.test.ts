import { expect, nextFrame } from '@open-wc/testing'
import type { MessageList } from '../../components/message-list/message-list.js'
import type { MessageRow } from '../../components/message-list/message-row.js'
import { ConversationType, type ConversationId } from '../../src/model/conversation.js'
import { MessageType } from '../../src/model/message-types.js'
import {
  closeLists,
  inside,
  openList,
  rowsOf,
  rowWith,
  send,
  textsOf,
  until,
  writtenIn,
} from '../support/message-list-page.js'
import { say, text, twoPeople, withAlice, withBob, type People } from '../support/two-people.js'

/** Of many lengths, so that no two rows are alike. */
const words = (index: number) => `message ${index} ${'and so on '.repeat((index * 7) % 23)}`

describe('scrolling in <message-list>', () => {
  let people: People

  beforeEach(async () => {
    people = await twoPeople()
  })

  afterEach(async () => {
    closeLists()
    await people.end()
  })

  const scrollerOf = (list: MessageList) => inside<HTMLElement>(list, '.scroller')!
  const distanceToEnd = (list: MessageList) => {
    const { scrollHeight, clientHeight, scrollTop } = scrollerOf(list)
    return scrollHeight - clientHeight - scrollTop
  }
  const topOf = (list: MessageList, row: MessageRow) =>
    row.querySelector('[data-anchor]')!.getBoundingClientRect().top -
    scrollerOf(list).getBoundingClientRect().top
  const atEnd = (list: MessageList) =>
    until(() => inside(list, '.scroller') && distanceToEnd(list) < 1, 'the end')
  const settled = async (list: MessageList) => {
    await list.updateComplete
    await nextFrame()
    await nextFrame()
  }
  const scrollBy = async (list: MessageList, pixels: number) => {
    const scrolled = new Promise((resolve) =>
      scrollerOf(list).addEventListener('scroll', resolve, { once: true }),
    )
    scrollerOf(list).scrollTop += pixels
    await scrolled
    await settled(list)
  }
  /** Messages of Bob that Alice has read already. */
  const talk = async (count: number, from = 0) => {
    for (let index = from; index < from + count; index++) {
      await people.bob.kit.client!.sender.post(withAlice, text(words(index)))
    }
    const { client } = people.alice.kit
    await until(async () => {
      const { latestMessage } = await client!.conversations.get(withBob)
      return latestMessage?.content.content === words(from + count - 1)
    }, 'all are here')
    await client!.readState.markRead(withBob)
  }
  const openAtEnd = async () => {
    const list = openList(people.alice, withBob)
    await until(() => rowsOf(list).length > 0)
    await atEnd(list)
    await settled(list)
    return list
  }
  const visible = (list: MessageList) =>
    rowsOf(list).find((row) => topOf(list, row) > 30 && topOf(list, row) < 300)!

  it('opens at the newest message', async () => {
    await talk(30)
    const list = await openAtEnd()
    expect(textsOf(list).at(-1)).to.contain('message 29')
    expect(inside(list, '[part=to-newest]')).to.equal(null)
  })

  it('opens at the first unread message, with what was before it still in sight', async () => {
    await talk(20)
    for (let index = 20; index < 50; index++) await say(people.bob, withAlice, words(index))
    await until(
      async () =>
        (await people.alice.kit.client!.conversations.get(withBob)).unreadMessageCount === 30,
    )
    const list = openList(people.alice, withBob)
    await until(() => inside(list, '[part=unread]'))
    await settled(list)
    const line = inside(list, '[part=unread]')!
    expect(writtenIn(line.nextElementSibling!)).to.contain('message 20')
    const top = line.getBoundingClientRect().top - scrollerOf(list).getBoundingClientRect().top
    expect(top).to.be.closeTo(75, 2)
    await until(() => inside(list, '[part=to-newest]')?.textContent?.includes('30 new messages'))

    inside(list, '[part=to-newest]')!.click()
    await atEnd(list)
    await until(() => textsOf(list).at(-1)?.includes('message 49'))
    await until(() => inside(list, '[part=to-newest]') === null)
  })

  it('keeps the message being read in place when older ones come in', async () => {
    await talk(70)
    const list = await openAtEnd()
    const loads: unknown[] = []
    const { reader } = people.alice.kit.client!
    const { history } = reader
    reader.history = async (...query) => {
      const page = await history.apply(reader, query)
      loads.push(page)
      return page
    }
    for (let step = 0; loads.length === 0; step++) {
      expect(step, 'steps without older ones').to.be.lessThan(100)
      const row = visible(list)
      const top = topOf(list, row)
      await scrollBy(list, -40)
      expect(topOf(list, row)).to.be.closeTo(top + 40, 1)
    }
    const row = visible(list)
    const top = topOf(list, row)
    await settled(list)
    expect(topOf(list, row)).to.be.closeTo(top, 1)
  })

  it('draws what is on screen and some around it, however much there is', async () => {
    await talk(200)
    const list = await openAtEnd()
    let most = 0
    for (let step = 0; step < 80 && inside(list, '.older[data-more]'); step++) {
      await scrollBy(list, -700)
      most = Math.max(most, rowsOf(list).length)
      const view = scrollerOf(list).getBoundingClientRect()
      const [first] = rowsOf(list)
      expect(first!.getBoundingClientRect().top).to.be.lessThan(view.top + 60)
      expect(rowsOf(list).at(-1)!.getBoundingClientRect().bottom).to.be.greaterThan(view.bottom)
    }
    expect(most).to.be.within(4, 60)
  })

  it('draws what is on screen where the browser scrolls on after the scroll event', async () => {
    await talk(60)
    const list = await openAtEnd()
    const scroller = scrollerOf(list)
    const inFrame = (isEarly: boolean) =>
      new Promise<void>((resolve) => {
        const options = { once: true, capture: isEarly }
        scroller.addEventListener('scroll', () => requestAnimationFrame(() => resolve()), options)
      })
    // As Chromium does with what a key scrolls smoothly: in the same frame, before it is drawn.
    void inFrame(true).then(() => (scroller.scrollTop -= 1500))
    const drawn = inFrame(false)
    scroller.scrollTop -= 20
    await drawn
    const view = scroller.getBoundingClientRect()
    expect(rowsOf(list)[0]!.getBoundingClientRect().top).to.be.at.most(view.top + 40)
    expect(rowsOf(list).at(-1)!.getBoundingClientRect().bottom).to.be.at.least(view.bottom - 40)
  })

  it('keeps it in place also while pictures above it load', async () => {
    for (let index = 0; index < 12; index++) {
      const imageUri = `https://localhost/none-${index}.png`
      await send(people.bob, withAlice, MessageType.IMAGE, { content: '', imageUri })
    }
    await talk(40)
    const list = await openAtEnd()
    await until(() => {
      scrollerOf(list).scrollTop = 0
      return inside(list, '.older') && !inside(list, '.older[data-more]')
    }, 'the beginning')
    const lastPicture = () =>
      rowsOf(list).findLast((row) => row.querySelector('im-message-picture'))
    await until(async () => {
      scrollerOf(list).scrollTop += 60
      await settled(list)
      const row = lastPicture()
      return row && topOf(list, row) < -20 && topOf(list, row) > -300
    }, 'the last picture just above')
    const row = visible(list)
    const top = topOf(list, row)
    const pictures = [...scrollerOf(list).querySelectorAll('im-message-picture')]
    expect(pictures.length).to.be.greaterThan(0)
    for (const [index, picture] of pictures.entries()) {
      picture.size = { width: 300, height: 100 + index * 40 }
    }
    await settled(list)
    expect(topOf(list, row)).to.be.closeTo(top, 1)
  })

  it('loads older ones once for each reach of the top, until there are no more', async () => {
    await talk(70)
    const list = await openAtEnd()
    const loads: number[] = []
    const { reader } = people.alice.kit.client!
    const { history } = reader
    reader.history = (...query) => {
      loads.push(rowsOf(list).length)
      return history.apply(reader, query)
    }
    for (let round = 0; round < 12 && !textsOf(list)[0]?.includes('message 0'); round++) {
      scrollerOf(list).scrollTop = 0
      await nextFrame()
      scrollerOf(list).scrollTop = 3
      await settled(list)
    }
    await until(() => textsOf(list)[0]?.includes('message 0'), 'the first message')
    expect(new Set(loads).size, 'no page was asked for twice').to.equal(loads.length)
    await until(() => inside(list, '[part=older]')?.textContent?.includes('No earlier'))
    const count = loads.length
    scrollerOf(list).scrollTop = 0
    await settled(list)
    expect(loads.length).to.equal(count)
  })

  it('follows new messages at the end', async () => {
    await talk(30)
    const list = await openAtEnd()
    for (let index = 30; index < 35; index++) {
      await say(people.bob, withAlice, words(index))
      await rowWith(list, `message ${index} `)
      await settled(list)
      expect(distanceToEnd(list)).to.be.lessThan(1)
    }
  })

  it('does not follow while one reads further up; a button counts and leads there', async () => {
    await talk(40)
    const list = await openAtEnd()
    await scrollBy(list, -600)
    const row = visible(list)
    const top = topOf(list, row)
    await say(people.bob, withAlice, 'new one')
    await say(people.bob, withAlice, 'new two')
    const button = () => inside(list, '[part=to-newest]')
    await until(() => button()?.textContent?.includes('2 new messages'), 'the count')
    await settled(list)
    expect(topOf(list, row)).to.be.closeTo(top, 1)
    button()!.click()
    await atEnd(list)
    await until(() => button() === null)
  })

  it('goes to the end for what one sends oneself', async () => {
    await talk(40)
    const list = await openAtEnd()
    await scrollBy(list, -600)
    await people.alice.kit.post(withBob, text('my answer'))
    await rowWith(list, 'my answer')
    await atEnd(list)
  })

  it('keeps a growing last message at the end', async () => {
    await talk(30)
    const list = await openAtEnd()
    const last = rowsOf(list).at(-1)!.querySelector<HTMLElement>('.bubble')!
    for (const height of [150, 300, 450]) {
      last.style.minBlockSize = `${height}px`
      await settled(list)
      expect(distanceToEnd(list)).to.be.lessThan(1)
    }
  })

  it('keeps the end in sight when the room gets smaller, as with a keyboard', async () => {
    await talk(30)
    const list = await openAtEnd()
    list.style.blockSize = '250px'
    await settled(list)
    expect(distanceToEnd(list)).to.be.lessThan(1)
  })

  it('is where it was when one comes back to a conversation', async () => {
    await talk(60)
    const carol: ConversationId = { conversationType: ConversationType.PRIVATE, targetId: 'carol' }
    await people.add('carol')
    await say(people.alice, carol, 'hi carol')
    const list = await openAtEnd()
    await scrollBy(list, -500)
    const row = visible(list)
    const [written, top] = [writtenIn(row), topOf(list, row)]
    people.alice.kit.selectConversation(carol)
    await rowWith(list, 'hi carol')
    people.alice.kit.selectConversation(withBob)
    const again = await rowWith(list, written)
    await settled(list)
    expect(topOf(list, again)).to.be.closeTo(top, 1)
  })

  it('is where it was when it is taken out of the page and put back', async () => {
    await talk(60)
    const list = await openAtEnd()
    await scrollBy(list, -500)
    const row = visible(list)
    const [written, top] = [writtenIn(row), topOf(list, row)]
    const parent = list.parentElement!
    list.remove()
    await nextFrame()
    parent.append(list)
    const again = await rowWith(list, written)
    await settled(list)
    expect(topOf(list, again)).to.be.closeTo(top, 1)
  })

  it('is where it was when another list takes its place, as on a change of route', async () => {
    await talk(60)
    const list = await openAtEnd()
    await scrollBy(list, -500)
    const row = visible(list)
    const [written, top] = [writtenIn(row), topOf(list, row)]
    closeLists()
    await nextFrame()
    const next = openList(people.alice, withBob)
    const again = await rowWith(next, written)
    await settled(next)
    expect(topOf(next, again)).to.be.closeTo(top, 1)
  })

  it('works in a dialog that is shown and hidden', async () => {
    await talk(40)
    const dialog = document.body.appendChild(document.createElement('dialog'))
    const list = openList(people.alice, withBob, {}, dialog)
    await until(() => rowsOf(list).length > 0)
    dialog.showModal()
    await atEnd(list)
    dialog.close()
    await nextFrame()
    await say(people.bob, withAlice, 'while hidden')
    await until(
      async () =>
        (await people.alice.kit.client!.conversations.get(withBob)).unreadMessageCount === 1,
      'unread, since nobody looks',
    )
    dialog.showModal()
    await rowWith(list, 'while hidden')
    await atEnd(list)
    await until(
      async () =>
        (await people.alice.kit.client!.conversations.get(withBob)).unreadMessageCount === 0,
      'read',
    )
    dialog.remove()
  })

  it('brings a far message and goes back', async () => {
    await talk(120)
    const first = (await people.alice.kit.client!.reader.history(withBob, { count: 100 }))
      .messages[0]!
    const body = {
      content: 'remember?',
      referMsgUserId: 'bob',
      referMsgUid: first.messageUId,
      objName: MessageType.TEXT,
      referMsg: first.content,
    }
    await send(people.bob, withAlice, MessageType.REFERENCE, body)
    await people.alice.kit.client!.readState.markRead(withBob)
    const list = openList(people.alice, withBob)
    const reply = await rowWith(list, 'remember?')
    await atEnd(list)
    reply.querySelector<HTMLElement>('button.quote')!.click()
    const pointedOut = () => rowsOf(list).find(({ dataset }) => dataset.highlighted !== undefined)
    await until(pointedOut, 'the far message is pointed out')
    const far = pointedOut()!
    expect(writtenIn(far)).to.match(/^message 20 /)
    await settled(list)
    expect(topOf(list, far)).to.be.within(20, 480)
    await until(() => inside(list, '[part=to-newest]'))
    inside(list, '[part=to-newest]')!.click()
    await until(() => textsOf(list).at(-1)?.includes('remember?'))
    await atEnd(list)
  })

  it('lets keys lead to messages that are not drawn', async () => {
    await talk(38)
    const list = await openAtEnd()
    const focused = () => writtenIn(list.shadowRoot!.activeElement ?? document.body)
    const press = (key: string) =>
      list.shadowRoot!.activeElement!.dispatchEvent(
        new KeyboardEvent('keydown', { key, bubbles: true, composed: true }),
      )
    const expectInView = () => {
      const view = scrollerOf(list).getBoundingClientRect()
      const row = list.shadowRoot!.activeElement!.getBoundingClientRect()
      expect(row.bottom > view.top && row.top < view.bottom).to.equal(true)
    }
    list.focus()
    await until(() => focused().includes('message 37'), 'the newest has the focus')
    press('Home')
    await until(() => focused() === 'message 0', 'the first has it')
    await settled(list)
    expectInView()
    press('End')
    await until(() => focused().includes('message 37'))
    await settled(list)
    press('PageUp')
    await until(() => !focused().includes('message 37'))
    await settled(list)
    expectInView()
    const left = focused()
    // Scrolled away, the message with the focus stays where the keyboard goes on from.
    scrollerOf(list).scrollTop = 0
    await settled(list)
    expect(focused()).to.equal(left)
    press('ArrowDown')
    await until(() => focused() !== left)
    await settled(list)
    expectInView()
  })

  it('tells screen readers the place of each line among all, once all are there', async () => {
    await talk(30)
    const list = await openAtEnd()
    await until(() => rowsOf(list).at(-1)?.getAttribute('aria-setsize') === '31', 'all are here')
    expect(rowsOf(list).at(-1)!.getAttribute('aria-posinset')).to.equal('31')
  })

  it('tells them nothing of a number while there are more above', async () => {
    await talk(60)
    const list = await openAtEnd()
    const last = rowsOf(list).at(-1)!
    expect([last.ariaSetSize, last.ariaPosInSet]).to.deep.equal(['-1', null])
  })
})
