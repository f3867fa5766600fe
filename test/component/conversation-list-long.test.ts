import { expect, fixture, html, nextFrame } from '@open-wc/testing'
import { sendKeys } from '@web/test-runner-commands'
import '../../components/conversation-list/conversation-list.define.js'
import '../../components/im-forward-dialog/im-forward-dialog.define.js'
import '../../components/im-provider/im-provider.define.js'
import type { ConversationList } from '../../components/conversation-list/conversation-list.js'
import type { ConversationRow } from '../../components/conversation-list/conversation-row.js'
import { eventually } from '../support/eventually.js'
import { fillConversations, peerAt, withPeer } from '../support/many-conversations.js'
import { say, text, twoPeople, type People } from '../support/two-people.js'

const count = 3000

describe('<conversation-list> with thousands of conversations', function () {
  this.timeout(60_000)

  let people: People
  let place: HTMLElement
  let list: ConversationList
  /** Updates of the list that another one followed at once, for what it did itself. */
  let repeated: number

  beforeEach(async () => {
    people = await twoPeople()
    const { kit, token } = people.alice
    const { appkey } = kit.client!
    await kit.disconnect()
    await fillConversations(appkey, 'alice', count)
    place = await fixture(html`<im-provider .kit=${kit}></im-provider>`)
    list = listOf500()
    place.append(list)
    await kit.connect(token)
    await rowOf(0)
    await eventually(() => setSize() === count, 'it knows how many there are')
  })

  afterEach(async () => {
    place.remove()
    await people.end()
  })

  const listOf500 = () => {
    const made = document.createElement('conversation-list')
    made.style.blockSize = '500px'
    repeated = 0
    made.addController({
      hostUpdated: () => queueMicrotask(() => (repeated += Number(made.isUpdatePending))),
    })
    return made
  }
  const rows = () => [...list.shadowRoot!.querySelectorAll('im-conversation-row')]
  const find = (index: number) =>
    rows().find(({ conversation }) => conversation.targetId === peerAt(index))
  const rowOf = async (index: number): Promise<ConversationRow> => {
    await eventually(() => find(index), `a row for ${peerAt(index)}`)
    return find(index)!
  }
  const scroller = () => list.shadowRoot!.querySelector<HTMLElement>('[part=scroller]')!
  const setSize = () => Number(rows()[0]?.getAttribute('aria-setsize'))
  const topOf = (row: Element) => row.getBoundingClientRect().top
  const focused = () =>
    (list.shadowRoot!.activeElement as ConversationRow | null)?.conversation?.targetId
  const isInView = (row: Element) => {
    const { top, bottom } = row.getBoundingClientRect()
    const view = scroller().getBoundingClientRect()
    return bottom > view.top && top < view.bottom
  }
  const pitch = () => topOf(rows()[1]!) - topOf(rows()[0]!)
  const scrollTo = async (index: number) => {
    const scrolled = new Promise((resolve) =>
      scroller().addEventListener('scroll', resolve, { once: true }),
    )
    scroller().scrollTop = index * pitch()
    await scrolled
    return rowOf(index)
  }
  /** Scrolled there, and all that lies ahead has been read. */
  const settleAt = async (index: number) => {
    const row = await scrollTo(index)
    await people.alice.kit.store.value!.conversations.lookAgain()
    await list.updateComplete
    return row
  }

  it('draws few rows, with a scrollbar for all of them', async () => {
    expect(rows().length).to.be.below(40)
    expect(scroller().scrollHeight).to.be.closeTo(count * pitch(), 100)
    for (const index of [50, 1500, count - 1]) {
      const row = await scrollTo(index)
      await eventually(() => isInView(row))
      expect(row.getAttribute('aria-posinset')).to.equal(String(index + 1))
      expect(rows().length).to.be.below(60)
    }
    expect(list.shadowRoot!.querySelectorAll('.coming')).to.have.length(0)
  })

  it('has no holes between one row and the next wherever it is scrolled', async () => {
    for (const index of [5, 300, 1200, 40, 2900]) {
      await settleAt(index)
      const shown = rows().filter(isInView)
      expect(shown.length).to.be.at.least(7)
      shown.slice(1).forEach((row, at) => expect(topOf(row) - topOf(shown[at]!)).to.equal(pitch()))
    }
  })

  it('holds what is read in place when others move above it', async () => {
    const row = await settleAt(200)
    const before = topOf(row)
    await say(people.alice, withPeer(1000), 'up')
    await say(people.alice, withPeer(201), 'from right below')
    await eventually(() => !find(201), 'it has gone up')
    expect(topOf(row)).to.be.closeTo(before, 1)
  })

  it('holds it far down as well', async () => {
    const row = await settleAt(2000)
    const before = topOf(row)
    await say(people.alice, withPeer(2001), 'up')
    await eventually(() => !find(2001), 'it has gone up')
    expect(topOf(row)).to.be.closeTo(before, 1)
  })

  it('lets the newest in on top for a reader at the top', async () => {
    await people.alice.kit.post(withPeer(2500), text('hello'))
    await eventually(() => find(2500) && topOf(find(2500)!) < topOf(find(0)!))
    expect(isInView(find(2500)!)).to.be.true
    expect(scroller().scrollTop).to.equal(0)
  })

  it('is walked through by keyboard beyond what is drawn', async () => {
    const first = await rowOf(0)
    first.focus()
    await sendKeys({ press: 'End' })
    await eventually(() => focused() === peerAt(count - 1), 'the last')
    await sendKeys({ press: 'ArrowUp' })
    await eventually(() => focused() === peerAt(count - 2), 'the one before')
    await sendKeys({ press: 'Home' })
    await eventually(() => focused() === peerAt(0), 'the first')
    for (let page = 0; page < 8; page++) await sendKeys({ press: 'PageDown' })
    await eventually(() => Number(focused()?.slice('peer-'.length)) >= 30, 'eight pages down')
    expect(isInView(list.shadowRoot!.activeElement!)).to.be.true
    expect(rows().filter((row) => row.tabIndex === 0)).to.have.length(1)
  })

  it('keeps the focus on a row that is scrolled away, and goes on from there', async () => {
    const row = await rowOf(3)
    row.focus()
    await scrollTo(2500)
    expect(focused()).to.equal(peerAt(3))
    await sendKeys({ press: 'ArrowDown' })
    await eventually(() => focused() === peerAt(4))
    expect(isInView(list.shadowRoot!.activeElement!)).to.be.true
  })

  it('keeps the row whose menu is open', async () => {
    const row = await rowOf(2)
    row.dispatchEvent(new MouseEvent('contextmenu', { bubbles: true, composed: true, button: 2 }))
    const menu = list.shadowRoot!.querySelector('im-menu')!
    await eventually(() => menu.open)
    scroller().scrollTop = 1000 * pitch()
    await rowOf(1000)
    expect(row.isConnected).to.be.true
    expect(menu.items.length).to.be.greaterThan(0)
  })

  it('scrolls to a conversation that is opened from elsewhere, loaded or not', async () => {
    people.alice.kit.selectConversation(withPeer(1800))
    const row = await rowOf(1800)
    await eventually(() => isInView(row) && row.selected)
  })

  it('comes back to its place after it was taken out of the page', async () => {
    const row = await settleAt(150)
    const before = topOf(row)
    list.remove()
    await nextFrame()
    place.append(list)
    await list.updateComplete
    await nextFrame()
    expect(topOf(await rowOf(150))).to.be.closeTo(before, 1)
  })

  it('knows the exact place of a row far down, wherever others come from', async () => {
    const row = await settleAt(2000)
    const place = (index: number) =>
      eventually(() => row.ariaPosInSet === String(index + 1), `at ${index}`)
    await place(2000)
    await say(people.alice, withPeer(2900), 'from below')
    await place(2001)
    await say(people.alice, withPeer(1000), 'from above')
    await say(people.alice, withPeer(5), 'from the top')
    await say(people.alice, withPeer(2999), 'from the end')
    await place(2002)
    await say(people.alice, withPeer(count), 'new')
    await place(2003)
    expect(setSize()).to.equal(count + 1)
    await people.alice.kit.removeConversation(withPeer(1500))
    await place(2002)
    await eventually(() => setSize() === count)
  })

  it('counts a new conversation', async () => {
    await say(people.alice, withPeer(count), 'new')
    await eventually(() => setSize() === count + 1)
  })

  it('keeps what the host has been given, wherever it is scrolled', async () => {
    for (let index = 80; index <= 480; index += 80) await settleAt(index)
    const { length } = await people.alice.kit.getConversationList()
    expect(length).to.be.above(480)
    for (let index = 560; index <= 1200; index += 80) await settleAt(index)
    await settleAt(2900)
    expect(await people.alice.kit.getConversationList()).to.have.length.at.least(length)
  })

  it('leaves all of them to be found in the dialog of forwarding', async () => {
    await settleAt(2500)
    const dialog = document.createElement('im-forward-dialog')
    place.append(dialog)
    void dialog.choose()
    await dialog.updateComplete
    const field = dialog.shadowRoot!.querySelector<HTMLInputElement>('[part=search]')!
    field.value = peerAt(555)
    field.dispatchEvent(new Event('input'))
    await dialog.updateComplete
    const found = () => dialog.shadowRoot!.querySelector('[part=conversation]')
    await eventually(() => {
      dialog.shadowRoot!.querySelector<HTMLButtonElement>('.more')?.click()
      return found()
    })
    expect(found()!.textContent).to.contain(peerAt(555))
  })

  it('gives the host one page more for each time it asks, however many', async () => {
    const { conversations } = people.alice.kit.store.value!
    await settleAt(20)
    const before = conversations.items.value.length
    for (let page = 0; page < 40; page++) {
      await conversations.loadMore()
      await list.updateComplete
    }
    expect(conversations.items.value.length).to.be.at.least(before + 40 * 30)
  })

  it('updates once for one change', async () => {
    for (const index of [20, 700, 1500, 2999]) await settleAt(index)
    people.alice.kit.selectConversation(withPeer(1800))
    await rowOf(1800)
    people.alice.kit.selectConversation(withPeer(1801))
    await eventually(() => find(1801)?.selected)
    await say(people.alice, withPeer(1900), 'up')
    list.remove()
    place.append(list)
    await rowOf(1801)
    expect(repeated).to.equal(0)
  })

  it('begins at the conversation that is open, with no more updates than needed', async () => {
    people.alice.kit.selectConversation(withPeer(25))
    list.remove()
    list = listOf500()
    place.append(list)
    const row = await rowOf(25)
    await eventually(() => isInView(row))
    expect(repeated).to.equal(0)
  })

  const inSizes: [string, (size: number) => void][] = [
    ['base-size', (size) => (list.baseSize = `${16 * size}px`)],
    ['a token', (size) => place.style.setProperty('--im-font-size', `${16 * size}px`)],
    ['zoom', (size) => place.style.setProperty('zoom', String(size))],
  ]
  for (const [name, setSize] of inSizes) {
    it(`holds what is read in place when ${name} changes the size of all`, async () => {
      const row = await settleAt(200)
      const isOnTop = () => {
        const top = topOf(row) - scroller().getBoundingClientRect().top
        return top >= 0 && top < 16 && row.isConnected
      }
      expect(isOnTop()).to.be.true
      // Nobody reads what has never been on screen, nor is it measured before.
      await nextFrame()
      await nextFrame()
      for (const size of [1.5, 0.75, 1]) {
        const { height } = row.getBoundingClientRect()
        setSize(size)
        await eventually(() => row.getBoundingClientRect().height !== height, 'another size')
        await eventually(isOnTop, `on top at ${size}`)
      }
    })
  }
})
