import { expect } from '@open-wc/testing'
import { DisabledMessageContextMenu as Disabled } from '../../src/kit/menu-items.js'
import { reactionsOf, toggled } from '../../components/message-list/reactions.js'
import type { MessageList } from '../../components/message-list/message-list.js'
import {
  chooseItem,
  closeLists,
  inside,
  menuLabels,
  openList,
  openMenu,
  rowWith,
  until,
} from '../support/message-list-page.js'
import { say, twoPeople, withAlice, withBob, type People } from '../support/two-people.js'

describe('reactionsOf', () => {
  it('says who gave which, the one most gave first', () => {
    const reactions = { ann: ['🎉', '👍'], ben: ['👍'] }
    expect(reactionsOf({ reactions })).to.deep.equal([
      { emoji: '👍', userIds: ['ann', 'ben'] },
      { emoji: '🎉', userIds: ['ann'] },
    ])
    expect(reactionsOf({})).to.deep.equal([])
  })
})

describe('toggled', () => {
  it('gives an emoji, or takes it back', () => {
    expect(toggled({}, 'ann', '👍')).to.deep.equal(['👍'])
    const reactions = { ann: ['🎉', '👍'] }
    expect(toggled({ reactions }, 'ann', '👍')).to.deep.equal(['🎉'])
    expect(toggled({ reactions }, 'ben', '👍')).to.deep.equal(['👍'])
  })
})

describe('reactions and edits in <message-list>', () => {
  let people: People
  beforeEach(async () => (people = await twoPeople()))
  afterEach(async () => {
    closeLists()
    await people.end()
  })

  const symbols = (list: MessageList) => [
    ...inside(list, 'im-menu')!.shadowRoot!.querySelectorAll<HTMLElement>('.symbol'),
  ]
  const chip = (list: MessageList, text: string) =>
    [...list.shadowRoot!.querySelectorAll<HTMLElement>('.reaction')].find((it) =>
      it.innerText.includes(text),
    )

  it('are given in the menu, shown to both sides, and taken back at the bubble', async () => {
    await say(people.bob, withAlice, 'we won')
    const ofAlice = openList(people.alice, withBob)
    const ofBob = openList(people.bob, withAlice)
    await openMenu(ofAlice, await rowWith(ofAlice, 'we won'))
    expect(symbols(ofAlice).map((it) => it.innerText)).to.deep.equal(ofAlice.quickReactions)
    symbols(ofAlice)[1]!.click()
    await until(() => chip(ofAlice, '❤️') && chip(ofBob, '❤️')?.ariaLabel?.includes('Alice'))
    expect(chip(ofAlice, '❤️')!.ariaPressed).to.equal('true')
    expect(chip(ofBob, '❤️')!.ariaPressed).to.equal('false')
    expect(chip(ofBob, '❤️')!.ariaLabel).to.equal('❤️ from Alice')

    chip(ofBob, '❤️')!.click()
    await until(() => chip(ofAlice, '2'))
    expect(chip(ofAlice, '2')!.ariaLabel).to.include('You').and.include('Bob')
    await openMenu(ofAlice, await rowWith(ofAlice, 'we won'))
    expect(symbols(ofAlice)[1]!.ariaChecked).to.equal('true')
    chip(ofAlice, '2')!.click()
    await until(() => chip(ofAlice, '1')?.ariaPressed === 'false')
  })

  it('are not offered where the host does not want them', async () => {
    await say(people.alice, withBob, 'mine')
    const list = openList(people.alice, withBob)
    list.disableMenu = [Disabled.React, Disabled.Edit]
    await openMenu(list, await rowWith(list, 'mine'))
    expect(symbols(list)).to.have.length(0)
    expect(menuLabels(list)).not.to.include('Edit')
  })

  it('edits an own text in a dialog, and says so on both sides', async () => {
    await say(people.alice, withBob, 'helo')
    const ofAlice = openList(people.alice, withBob)
    const ofBob = openList(people.bob, withAlice)
    const row = await rowWith(ofAlice, 'helo')
    await openMenu(ofAlice, row)
    chooseItem(ofAlice, 'Edit')
    const dialog = inside(ofAlice, 'im-edit-dialog')!
    const area = () => dialog.shadowRoot?.querySelector('textarea')
    await until(() => area()?.value === 'helo')
    area()!.value = 'hello'
    const enter = (init: KeyboardEventInit) =>
      area()?.dispatchEvent(
        new KeyboardEvent('keydown', { key: 'Enter', cancelable: true, ...init }),
      )
    enter({ isComposing: true })
    expect(area()?.value, 'a composition was committed').to.equal('hello')
    enter({})
    for (const list of [ofAlice, ofBob]) {
      const edited = await rowWith(list, 'hello')
      expect(edited.querySelector('[part=edited]')?.textContent).to.equal('Edited')
      expect(edited.ariaLabel).to.include('Edited')
    }
    await until(() => !area())
  })

  it('closes the dialog when the message is taken back', async () => {
    await say(people.alice, withBob, 'oops')
    const list = openList(people.alice, withBob)
    const row = await rowWith(list, 'oops')
    await openMenu(list, row)
    chooseItem(list, 'Edit')
    const dialog = inside(list, 'im-edit-dialog')!
    await until(() => dialog.shadowRoot?.querySelector('textarea'))
    await people.alice.kit.recall(row.message)
    await until(() => !dialog.shadowRoot?.querySelector('textarea'))
  })
})
