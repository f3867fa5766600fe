import { expect, fixture, html } from '@open-wc/testing'
import { emulateMedia, sendKeys } from '@web/test-runner-commands'
import '../../components/im-forward-dialog/im-forward-dialog.define.js'
import '../../components/im-provider/im-provider.define.js'
import type { IMForwardDialog } from '../../components/im-forward-dialog/im-forward-dialog.js'
import type { ConversationId } from '../../src/model/conversation.js'
import { expectNothingLeftBehind } from '../support/leaves-nothing-behind.js'
import { inside, until } from '../support/message-list-page.js'
import { say, twoPeople, withBob, type People } from '../support/two-people.js'

describe('<im-forward-dialog>', () => {
  let people: People
  let dialog: IMForwardDialog
  const ids = ['ann', 'ben', 'cem', 'dan', 'eva', 'fay', 'gus']

  before(async () => {
    people = await twoPeople()
    for (const targetId of ids) await say(people.alice, { ...withBob, targetId }, 'hi')
    const conversations = people.alice.kit.store.value!.conversations.items
    await until(() => conversations.value.length === ids.length)
  })

  after(() => people.end())

  beforeEach(async () => {
    const place = await fixture(html`<im-provider .kit=${people.alice.kit}></im-provider>`)
    dialog = place.appendChild(document.createElement('im-forward-dialog'))
  })

  const rows = () => [...dialog.shadowRoot!.querySelectorAll<HTMLElement>('label')]
  const names = () => rows().map((row) => row.querySelector('.name')!.textContent)
  const box = (name: string) =>
    rows()
      .find((row) => row.querySelector('.name')!.textContent === name)!
      .querySelector('input')!
  const choose = async () => {
    const answer = dialog.choose()
    await until(() => rows().length > 0)
    return answer
  }
  const part = (name: string) => inside(dialog, `[part=${name}]`)!
  const click = async (name: string) => {
    box(name).click()
    await dialog.updateComplete
  }
  const search = async (words: string) => {
    const field = part('search') as HTMLInputElement
    field.value = words
    field.dispatchEvent(new Event('input'))
    await dialog.updateComplete
  }
  const open = () => {
    const answer: { value?: readonly ConversationId[] } = {}
    void choose().then((value) => (answer.value = value))
    return answer
  }

  it('gives what was chosen, in the order of choosing', async () => {
    const answer = open()
    await until(() => rows().length === ids.length)
    await click('cem')
    await click('ann')
    await click('gus')
    await click('cem')
    expect(inside(dialog, '.count')!.textContent).to.equal('2 chosen')
    part('forward').click()
    await until(() => answer.value)
    expect(answer.value!.map(({ targetId }) => targetId)).to.deep.equal(['ann', 'gus'])
    await until(() => rows().length === 0, 'closed')
  })

  it('gives nothing when it is cancelled or closed by Escape', async () => {
    for (const cancel of [() => part('cancel').click(), () => sendKeys({ press: 'Escape' })]) {
      const answer = open()
      await until(() => rows().length === ids.length)
      await click('ann')
      await cancel()
      await until(() => answer.value)
      expect(answer.value).to.deep.equal([])
    }
  })

  it('can’t forward to nobody', async () => {
    open()
    await until(() => rows().length === ids.length)
    expect((part('forward') as HTMLButtonElement).disabled).to.equal(true)
  })

  it('finds by name or id', async () => {
    open()
    await until(() => rows().length === ids.length)
    await search(' A')
    expect(names()).to.have.members(['ann', 'dan', 'eva', 'fay'])
    await search('nobody')
    expect(rows()).to.have.length(0)
    expect(dialog.shadowRoot!.textContent).to.contain('Nothing found')
    await click('ann').catch(() => undefined)
    await search('')
    expect(rows()).to.have.length(ids.length)
  })

  it('loads by itself what comes into sight, and asks for more only where there may be more', async () => {
    const dora = await people.add('dora', { conversationPullCount: 5 })
    const many = Array.from({ length: 12 }, (_, index) => `friend ${index + 1}`)
    for (const targetId of many) await say(dora, { ...withBob, targetId }, 'hi')
    const again = await people.add('dora', { conversationPullCount: 5 })
    const place = await fixture(html`<im-provider .kit=${again.kit}></im-provider>`)
    const { conversations } = again.kit.store.value!
    await conversations.load()
    expect(conversations.items.value.length).to.equal(5)
    dialog = place.appendChild(document.createElement('im-forward-dialog'))
    open()
    await until(() => rows().length > 0)
    await until(() => {
      part('list').lastElementChild!.scrollIntoView()
      return rows().length === many.length && !inside(dialog, '.more')
    })
  })

  it('keeps what was chosen while one searches', async () => {
    const answer = open()
    await until(() => rows().length === ids.length)
    await click('ann')
    await search('gus')
    await click('gus')
    part('forward').click()
    await until(() => answer.value?.length === 2)
  })

  it('takes no more than the limit, and says why', async () => {
    dialog.limit = 2
    open()
    await until(() => rows().length === ids.length)
    await click('ann')
    await click('ben')
    await click('cem')
    expect(box('cem').checked).to.equal(false)
    const count = inside(dialog, '.count')!
    expect(count.textContent).to.equal('Forward to at most 2 conversations at once')
    expect(count.getAttribute('role')).to.equal('status')
    await click('ann')
    expect(count.textContent).to.equal('1 chosen')
  })

  it('works by keyboard alone', async () => {
    const answer = open()
    await until(() => rows().length === ids.length)
    box(names()[0]!).focus()
    await sendKeys({ press: 'Space' })
    part('forward').focus()
    await sendKeys({ press: 'Enter' })
    await until(() => answer.value?.length === 1)
  })

  it('answers with nothing when it leaves the page', async () => {
    const answer = open()
    await until(() => rows().length === ids.length)
    dialog.remove()
    await until(() => answer.value)
    expect(answer.value).to.deep.equal([])
  })

  it('keeps its size while one searches, and starts every name beside its picture', async () => {
    open()
    await until(() => rows().length === ids.length)
    const list = part('list')
    const { height } = list.getBoundingClientRect()
    for (const name of dialog.shadowRoot!.querySelectorAll('.name')) {
      name.textContent = 'نور'
      expect(getComputedStyle(name).textAlign).to.equal('left')
    }
    await search('zzz')
    expect(inside(dialog, '.none')!.getBoundingClientRect().height).to.equal(height)
  })

  it('shows what is chosen in forced colours', async () => {
    open()
    await until(() => rows().length === ids.length)
    await emulateMedia({ forcedColors: 'active' })
    const probe = await fixture(html`<i style="color: Highlight"></i>`)
    expect(getComputedStyle(box('ann')).accentColor).to.equal(getComputedStyle(probe).color)
    // Else the browser lays a ground of its own between the words and the colour.
    expect(getComputedStyle(part('forward')).forcedColorAdjust).to.equal('none')
    await emulateMedia({ forcedColors: 'none' })
  })

  it('is accessible: light, dark, in forced colours, from right to left', async () => {
    open()
    await until(() => rows().length === ids.length)
    await click('ann')
    await expect(dialog).to.be.accessible()
    const root = document.documentElement
    root.style.colorScheme = 'dark'
    await expect(dialog).to.be.accessible()
    root.style.colorScheme = ''
    await emulateMedia({ forcedColors: 'active' })
    await expect(dialog).to.be.accessible()
    await emulateMedia({ forcedColors: 'none' })
    root.dir = 'rtl'
    const [row] = rows()
    const { right } = row!.querySelector('input')!.getBoundingClientRect()
    expect(right).to.be.greaterThan(row!.querySelector('.name')!.getBoundingClientRect().right)
    root.dir = ''
  })

  it('leaves nothing behind', async () => {
    dialog.remove()
    await expectNothingLeftBehind(async (place) => {
      const provider = document.createElement('im-provider')
      provider.kit = people.alice.kit
      place.append(provider)
      const mounted = provider.appendChild(document.createElement('im-forward-dialog'))
      void mounted.choose()
      await until(() => inside(mounted, 'label'))
      return mounted
    })
  })
})
