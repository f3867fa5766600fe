import { expect } from '@open-wc/testing'
import { sendKeys } from '@web/test-runner-commands'
import { mentionChoices } from '../../components/message-editor/mention-choices.js'
import type { MessageEditor } from '../../components/message-editor/message-editor.js'
import { EVERYONE } from '../../src/kit/send-content.js'
import { MentionedType } from '../../src/model/content.js'
import type { ConversationId } from '../../src/model/conversation.js'
import { MessageType } from '../../src/model/message-types.js'
import type { Message } from '../../src/model/message.js'
import {
  areaOf,
  find,
  findAll,
  messagesOf,
  openEditor,
  partOf,
  press,
  received,
  type,
  until,
} from '../support/editor-page.js'
import { expectAccessible } from '../support/expect-accessible.js'
import { twoPeople, withBob, type People } from '../support/two-people.js'

describe('mentions in <message-editor>', () => {
  let people: People
  let group: ConversationId
  let editor: MessageEditor

  beforeEach(async () => {
    people = await twoPeople()
    const carol = await people.add('carol')
    group = await people.group('Three', people.alice, people.bob, carol)
    // Each test starts with a group in which only the notice of its making stands.
    await received(people.alice, group, 1)
    editor = await openEditor(people.alice, group)
  })

  afterEach(() => people.end())

  const options = () => findAll(editor, '[role=option]')
  const names = () => options().map((option) => option.innerText.trim())
  const chosen = () => find<HTMLElement>(editor, '[aria-selected=true]')?.innerText.trim()
  const isOpen = () => partOf(editor, 'mention-list')!.matches(':popover-open')
  const marked = () => findAll(editor, '.mention').map(({ textContent }) => textContent)

  /** Writes a text that opens the list, and waits until the members are known. */
  const open = async (text = '@', count = 3) => {
    await type(editor, text)
    await until(() => isOpen() && options().length === count, 'the list')
    // Until the service has answered, ids stand for names.
    await until(() => names().every((name) => !/^[a-z]/.test(name)), 'the names')
  }
  const sent = async (): Promise<Message> => {
    await press(editor, 'Enter')
    let found: Message | undefined
    await until(async () => {
      const messages = await messagesOf(people.bob, group)
      found = messages.find(({ messageType }) => messageType === MessageType.TEXT)
      return found
    }, 'the message')
    return found!
  }

  it('opens the list of members with an @, everyone first and oneself not in it', async () => {
    await open()
    expect(names()).to.deep.equal(['Everyone', 'Bob', 'Carol'])
    expect(chosen()).to.equal('Everyone')
  })

  it('opens none in a private conversation', async () => {
    people.alice.kit.selectConversation(withBob)
    await editor.updateComplete
    await type(editor, '@')
    expect(isOpen()).to.equal(false)
    await press(editor, 'Enter')
    await received(people.alice, withBob, 1)
  })

  it('narrows it while one types, and closes it when nobody is left', async () => {
    await open()
    await type(editor, 'c')
    expect(names()).to.deep.equal(['Carol'])
    await type(editor, 'x')
    expect(isOpen()).to.equal(false)
    await press(editor, 'Backspace')
    expect(names()).to.deep.equal(['Carol'])
    expect(isOpen()).to.equal(true)
  })

  it('is worked by arrows and Enter, which does not send', async () => {
    await open('hi @')
    await press(editor, 'ArrowDown')
    expect(chosen()).to.equal('Bob')
    await press(editor, 'ArrowUp', 'ArrowUp')
    expect(chosen()).to.equal('Carol')
    await press(editor, 'ArrowDown', 'ArrowDown', 'Enter')
    expect(areaOf(editor).value).to.equal('hi @Bob ')
    expect(isOpen()).to.equal(false)
    expect(marked()).to.deep.equal(['@Bob'])

    await type(editor, 'there')
    const { content, isMentioned } = await sent()
    expect(isMentioned).to.equal(true)
    expect(content.content).to.equal('hi @Bob there')
    expect(content.mentionedInfo).to.deep.include({
      type: MentionedType.SINGAL,
      userIdList: ['bob'],
    })
  })

  it('is worked by Tab', async () => {
    await open('@b', 1)
    await press(editor, 'Tab')
    expect(areaOf(editor).value).to.equal('@Bob ')
    expect(editor.shadowRoot!.activeElement === areaOf(editor)).to.equal(true)
  })

  it('is worked by the mouse, and the caret stays in the text', async () => {
    await type(editor, '@ later')
    const area = areaOf(editor)
    area.setSelectionRange(1, 1)
    area.click()
    await until(() => options().length === 3 && names()[2] === 'Carol')
    const carol = options()[2]!
    const down = new MouseEvent('mousedown', { bubbles: true, cancelable: true })
    carol.dispatchEvent(down)
    expect(down.defaultPrevented).to.equal(true)
    carol.click()
    await editor.updateComplete
    expect(area.value).to.equal('@Carol  later')
    expect(area.selectionStart).to.equal('@Carol '.length)
  })

  it('closes with Escape until another @ is written', async () => {
    await open()
    await press(editor, 'Escape')
    expect(isOpen()).to.equal(false)
    await type(editor, 'b')
    expect(isOpen()).to.equal(false)
    await type(editor, ' @')
    expect(isOpen()).to.equal(true)
  })

  it('closes when the focus goes elsewhere', async () => {
    await open()
    editor.blur()
    await editor.updateComplete
    expect(isOpen()).to.equal(false)
  })

  it('leaves keys to the input method while that is at work', async () => {
    await open()
    const key = new KeyboardEvent('keydown', {
      key: 'Enter',
      isComposing: true,
      bubbles: true,
      cancelable: true,
    })
    areaOf(editor).dispatchEvent(key)
    expect(key.defaultPrevented).to.equal(false)
    expect(isOpen()).to.equal(true)
  })

  it('of everyone follow the language and tell all', async () => {
    people.alice.kit.changeLanguage({ lang: 'zh_CN' })
    await open()
    expect(names()[0]).to.equal('所有人')
    await press(editor, 'Enter')
    expect(areaOf(editor).value).to.equal('@所有人 ')
    const { content } = await sent()
    expect(content.mentionedInfo).to.deep.include({ type: MentionedType.ALL })
  })

  it('go as a whole when one letter is deleted, and that one only', async () => {
    await open('@b', 1)
    await press(editor, 'Enter')
    await open('@c', 1)
    await press(editor, 'Enter')
    await type(editor, 'x')
    expect(areaOf(editor).value).to.equal('@Bob @Carol x')
    areaOf(editor).setSelectionRange('@Bob'.length, '@Bob'.length)
    await press(editor, 'Backspace')
    expect(areaOf(editor).value).to.equal(' @Carol x')
    expect(marked()).to.deep.equal(['@Carol'])
    const { content } = await sent()
    expect(content.mentionedInfo!.userIdList).to.deep.equal(['carol'])
  })

  it('come back with undo', async () => {
    await open('@b', 1)
    await press(editor, 'Enter')
    areaOf(editor).setSelectionRange('@Bob'.length, '@Bob'.length)
    await press(editor, 'Backspace')
    expect(areaOf(editor).value).to.equal(' ')
    for (let undo = 0; undo < 2 && areaOf(editor).value !== '@Bob '; undo++) {
      await sendKeys({ press: 'Control+z' })
    }
    await editor.updateComplete
    expect(areaOf(editor).value).to.equal('@Bob ')
    expect(marked()).to.deep.equal(['@Bob'])
  })

  it('are text only once something is written into them', async () => {
    await open('@b', 1)
    await press(editor, 'Enter')
    areaOf(editor).setSelectionRange(2, 2)
    await type(editor, 'x')
    expect(areaOf(editor).value).to.equal('@Bxob ')
    expect(marked()).to.deep.equal([])
    const { content } = await sent()
    expect(content.mentionedInfo).to.equal(undefined)
  })

  it('of people with one name are told apart', async () => {
    people.alice.kit.updateGroupMembers(group, [
      { id: 'bob', name: 'Bob' },
      { id: 'bob-2', name: 'Bob' },
    ])
    await open('@b', 2)
    expect(names()).to.deep.equal(['Bob\nbob', 'Bob\nbob-2'])
    await press(editor, 'ArrowDown', 'Enter')
    await open('@b', 2)
    await press(editor, 'Enter')
    const { content } = await sent()
    expect(content.content).to.equal('@Bob @Bob')
    expect(content.mentionedInfo!.userIdList).to.deep.equal(['bob-2', 'bob'])
  })

  it('tell screen readers what is chosen, without taking the focus', async () => {
    await open()
    await press(editor, 'ArrowDown')
    const area = areaOf(editor)
    const list = find(editor, `#${area.getAttribute('aria-controls')}`)!
    expect(list.role).to.equal('listbox')
    expect(list.ariaLabel).to.equal('Members')
    expect(find(editor, `#${area.getAttribute('aria-activedescendant')}`)).to.equal(options()[1])
    await expectAccessible(editor)
    await press(editor, 'Escape')
    expect(area.hasAttribute('aria-activedescendant')).to.equal(false)
  })
})

describe('who can be mentioned', () => {
  const members = [
    { id: 'me', name: 'Me' },
    { id: '1', name: 'Zoë Alm' },
    { id: '2', name: 'Hans', groupNickname: 'The Boss' },
    { id: '3', name: 'Alma' },
    { id: '4' },
    { id: '5', name: '小明' },
  ]
  const cases: [query: string, names: string[]][] = [
    ['', ['all', 'Zoë Alm', 'The Boss', 'Alma', '4', '小明']],
    ['al', ['all', 'Alma', 'Zoë Alm']],
    ['zoe', ['Zoë Alm']],
    ['ＡＬＭ', ['Alma', 'Zoë Alm']],
    ['boss', ['The Boss']],
    ['hans', ['The Boss']],
    ['4', ['4']],
    ['明', ['小明']],
    ['nobody', []],
  ]
  for (const [query, names] of cases) {
    it(`for "${query}" are ${names.join(', ') || 'none'}`, () => {
      const choices = mentionChoices(members, { query, ownId: 'me', everyone: 'all' })
      expect(choices.map(({ name }) => name)).to.deep.equal(names)
    })
  }

  it('are not shown by the thousand', () => {
    const many = Array.from({ length: 3000 }, (_, index) => ({ id: `${index}`, name: 'x' }))
    const choices = mentionChoices(many, { query: '', ownId: 'me', everyone: 'all' })
    expect(choices[0]!.id).to.equal(EVERYONE)
    expect(choices.length).to.be.at.most(100)
  })
})
