import { expect, fixture, html } from '@open-wc/testing'
import { emulateMedia } from '@web/test-runner-commands'
import type { MessageEditor } from '../../components/message-editor/message-editor.js'
import { CoreEvent } from '../../src/kit/core-events.js'
import { ConversationType } from '../../src/model/conversation.js'
import { ErrorCode, IMError } from '../../src/model/errors.js'
import { MessageType } from '../../src/model/message-types.js'
import {
  areaOf,
  find,
  messagesOf,
  openEditor,
  partOf,
  placeOf,
  press,
  received,
  type,
  until,
} from '../support/editor-page.js'
import { expectAccessible } from '../support/expect-accessible.js'
import { expectNothingLeftBehind } from '../support/leaves-nothing-behind.js'
import { say, twoPeople, withAlice, withBob, type People } from '../support/two-people.js'

describe('<message-editor>', () => {
  let people: People

  beforeEach(async () => (people = await twoPeople()))
  afterEach(() => people.end())

  const sendButton = (editor: MessageEditor) => partOf(editor, 'send') as HTMLButtonElement
  const contents = async () =>
    (await messagesOf(people.alice, withBob)).map(({ content }) => content.content)

  describe('sends', () => {
    it('what was typed, with Enter, and is empty then', async () => {
      const editor = await openEditor(people.alice, withBob)
      await type(editor, 'hello')
      await press(editor, 'Enter')
      expect(areaOf(editor).value).to.equal('')
      const [message] = await received(people.bob, withAlice, 1)
      expect(message!.messageType).to.equal(MessageType.TEXT)
      expect(message!.content).to.deep.equal({ content: 'hello' })
    })

    it('with the button, and the caret stays in the field', async () => {
      const editor = await openEditor(people.alice, withBob)
      expect(sendButton(editor).disabled).to.equal(true)
      await type(editor, 'hello')
      sendButton(editor).click()
      await received(people.bob, withAlice, 1)
      expect(editor.shadowRoot!.activeElement === areaOf(editor)).to.equal(true)
      expect(sendButton(editor).disabled).to.equal(true)
    })

    it('nothing but white space not at all', async () => {
      const editor = await openEditor(people.alice, withBob)
      await type(editor, '   ')
      await press(editor, 'Shift+Enter', 'Enter')
      expect(areaOf(editor).value).to.equal('   \n')
      expect(sendButton(editor).disabled).to.equal(true)
      expect(await contents()).to.deep.equal([])
    })

    it('several lines, broken with Shift+Enter', async () => {
      const editor = await openEditor(people.alice, withBob)
      await type(editor, 'one')
      await press(editor, 'Shift+Enter')
      await type(editor, 'two')
      await press(editor, 'Enter')
      const [message] = await received(people.bob, withAlice, 1)
      expect(message!.content.content).to.equal('one\ntwo')
    })

    it('one message after the other, in order', async () => {
      const editor = await openEditor(people.alice, withBob)
      for (const text of ['1', '2', '3']) {
        await type(editor, text)
        await press(editor, 'Enter')
      }
      const messages = await received(people.bob, withAlice, 3)
      expect(messages.map(({ content }) => content.content)).to.deep.equal(['1', '2', '3'])
    })

    it('markup as the text it is', async () => {
      const editor = await openEditor(people.alice, withBob)
      await type(editor, '<b>x</b>')
      expect(find(editor, '.mirror b') === null).to.equal(true)
      await press(editor, 'Enter')
      const [message] = await received(people.bob, withAlice, 1)
      expect(message!.content.content).to.equal('<b>x</b>')
    })
  })

  describe('with an input method', () => {
    /** As a browser tells of a key that the input method takes. */
    const composingKey = (init: KeyboardEventInit) =>
      new KeyboardEvent('keydown', {
        key: 'Enter',
        bubbles: true,
        cancelable: true,
        composed: true,
        ...init,
      })

    it('does not send with the Enter that ends a composition', async () => {
      const editor = await openEditor(people.alice, withBob)
      const area = areaOf(editor)
      editor.focus()
      area.dispatchEvent(new CompositionEvent('compositionstart', { bubbles: true }))
      area.value = 'にほん'
      area.dispatchEvent(new InputEvent('input', { isComposing: true, data: 'にほん' }))
      const enter = composingKey({ isComposing: true })
      area.dispatchEvent(enter)
      area.dispatchEvent(new CompositionEvent('compositionend', { data: 'にほん' }))
      // WebKit's Enter comes after the end, and tells it by its code only.
      const late = composingKey({ keyCode: 229 } as KeyboardEventInit)
      area.dispatchEvent(late)
      await editor.updateComplete
      expect(enter.defaultPrevented || late.defaultPrevented).to.equal(false)
      expect(area.value).to.equal('にほん')
      expect(await contents()).to.deep.equal([])

      await press(editor, 'Enter')
      const [message] = await received(people.bob, withAlice, 1)
      expect(message!.content.content).to.equal('にほん')
    })
  })

  describe('keeps the text', () => {
    it('when the message is refused, and says why', async () => {
      const { kit } = people.alice
      kit.customDisplayMessage = {
        willSendMessage: () => {
          throw new Error('no key')
        },
      }
      const reports: unknown[] = []
      kit.on('error', (report) => reports.push(report))
      const editor = await openEditor(people.alice, withBob)
      await type(editor, 'secret')
      await press(editor, 'Enter')
      await until(() => partOf(editor, 'notice'), 'a reason')
      expect(areaOf(editor).value).to.equal('secret')
      expect(reports).not.to.have.length(0)

      kit.customDisplayMessage = {}
      await press(editor, 'Enter')
      await received(people.bob, withAlice, 1)
      expect(partOf(editor, 'notice') === null).to.equal(true)
    })

    it('before what was written since', async () => {
      let refuse = (_: unknown): void => undefined
      const { kit } = people.alice
      const refused = new Promise<never>((_, reject) => (refuse = reject))
      kit.customDisplayMessage = { willSendMessage: () => refused }
      kit.on('error', () => undefined)
      const editor = await openEditor(people.alice, withBob)
      await type(editor, 'first')
      await press(editor, 'Enter')
      await type(editor, 'second')
      refuse(new IMError(ErrorCode.BIZ_ERROR_DATABASE_ERROR))
      await until(() => areaOf(editor).value === 'first\nsecond')
    })

    it('when it is too long, with nothing sent', async () => {
      const editor = await openEditor(people.alice, withBob)
      const area = areaOf(editor)
      editor.focus()
      area.value = 'x'.repeat(128 * 1024 + 1)
      area.dispatchEvent(new InputEvent('input', { bubbles: true }))
      await press(editor, 'Enter')
      expect(partOf(editor, 'notice')!.textContent).to.contain('too long')
      expect(area.value).to.have.length(128 * 1024 + 1)
      expect(await contents()).to.deep.equal([])
      partOf(editor, 'notice')!.querySelector('button')!.click()
      await editor.updateComplete
      expect(partOf(editor, 'notice') === null).to.equal(true)
    })

    it('for the conversation it was meant for when that was left meanwhile', async () => {
      let refuse = (_: unknown): void => undefined
      const { kit } = people.alice
      const refused = new Promise<never>((_, reject) => (refuse = reject))
      kit.customDisplayMessage = { willSendMessage: () => refused }
      kit.on('error', () => undefined)
      const editor = await openEditor(people.alice, withBob)
      await type(editor, 'to bob')
      await press(editor, 'Enter')
      kit.selectConversation({ ...withBob, targetId: 'carol' })
      await editor.updateComplete
      refuse(new IMError(ErrorCode.BIZ_ERROR_DATABASE_ERROR))
      await until(() => partOf(editor, 'notice'))
      expect(areaOf(editor).value).to.equal('')
      kit.selectConversation(withBob)
      await until(() => areaOf(editor).value === 'to bob')
    })
  })

  describe('is disabled, with the reason,', () => {
    const reason = (editor: MessageEditor) => areaOf(editor).placeholder

    it('without a conversation', async () => {
      const place = await placeOf(people.alice)
      const editor = document.createElement('message-editor')
      place.append(editor)
      await editor.updateComplete
      expect(areaOf(editor).disabled).to.equal(true)
      expect(reason(editor)).to.equal('Choose a conversation first')
      for (const button of editor.shadowRoot!.querySelectorAll<HTMLButtonElement>('.bar button')) {
        expect(button.disabled).to.equal(true)
      }
      people.alice.kit.selectConversation(withBob)
      await until(() => !areaOf(editor).disabled)
      people.alice.kit.selectConversation(null)
      await until(() => areaOf(editor).disabled)
    })

    it('in a system conversation', async () => {
      const editor = await openEditor(people.alice, withBob)
      people.alice.kit.selectConversation({
        conversationType: ConversationType.SYSTEM,
        targetId: 'news',
      })
      await until(() => areaOf(editor).disabled)
      expect(reason(editor)).to.equal('This conversation takes no answers')
    })

    it('in a group one is not in, or no more', async () => {
      const group = await people.group('Two', people.alice, people.bob)
      const place = await placeOf(people.bob)
      const editor = await openEditor(people.bob, group, place)
      await people.alice.kit.client!.groups.kick(group.targetId, ['bob'])
      await until(() => areaOf(editor).disabled, 'removed')
      expect(reason(editor)).to.equal('You are not a member of this group.')

      editor.remove()
      place.append(editor)
      await until(() => areaOf(editor).disabled, 'on coming back')

      await people.alice.kit.client!.groups.invite(group.targetId, ['bob'])
      await until(() => !areaOf(editor).disabled, 'back in the group')
    })
  })

  describe('tells that somebody is typing', () => {
    it('through the kit, while there is text', async () => {
      const editor = await openEditor(people.alice, withBob)
      await type(editor, 'h')
      const typing = people.bob.kit.store.value!.typing(withAlice)
      await until(() => typing.value.length === 1)
      expect(typing.value[0]!.messageType).to.equal(MessageType.TEXT)
    })

    it('to everybody at most once in five seconds', async () => {
      let told = 0
      people.bob.kit.on(CoreEvent.TYPING_STATUS, () => told++)
      const editor = await openEditor(people.alice, withBob)
      await type(editor, 'quickly')
      await press(editor, 'Enter')
      await received(people.bob, withAlice, 1)
      // Once that it began, once that the message ended it.
      expect(told).to.equal(2)
    })
  })

  describe('with a quoted message', () => {
    const quoteOf = async (editor: MessageEditor) => {
      const message = await say(people.bob, withAlice, 'Shall we?')
      await received(people.alice, withBob, 1)
      const own = (await messagesOf(people.alice, withBob))[0]!
      people.alice.kit.quote(own)
      await until(() => partOf(editor, 'quote'), 'the quote')
      return message
    }

    it('shows who said what, and takes the caret', async () => {
      const editor = await openEditor(people.alice, withBob)
      await quoteOf(editor)
      const quote = () => partOf(editor, 'quote')!.innerText.trim()
      await until(() => quote() === 'Bob\nShall we?', 'the name and the text')
      expect(partOf(editor, 'quote')!.getAttribute('aria-label')).to.equal('Quoting Bob')
      expect(editor.shadowRoot!.activeElement === areaOf(editor)).to.equal(true)
    })

    it('sends a reply', async () => {
      const editor = await openEditor(people.alice, withBob)
      const quoted = await quoteOf(editor)
      await type(editor, 'Let us')
      await press(editor, 'Enter')
      const messages = await received(people.bob, withAlice, 2)
      expect(messages[1]!.messageType).to.equal(MessageType.REFERENCE)
      expect(messages[1]!.content).to.deep.include({
        content: 'Let us',
        referMsgUid: quoted.messageUId,
        referMsgUserId: 'bob',
        objName: MessageType.TEXT,
      })
      await until(() => !partOf(editor, 'quote'), 'the quote is gone')
      expect(people.alice.kit.reference.value).to.equal(undefined)
    })

    it('lets go of it', async () => {
      const editor = await openEditor(people.alice, withBob)
      await quoteOf(editor)
      partOf(editor, 'quote-close')!.click()
      await until(() => !partOf(editor, 'quote'))
      expect(people.alice.kit.reference.value).to.equal(undefined)
      await type(editor, 'no reply')
      await press(editor, 'Enter')
      const messages = await received(people.bob, withAlice, 2)
      expect(messages[1]!.messageType).to.equal(MessageType.TEXT)
    })
  })

  describe('looks', () => {
    it('as large as its text, up to a limit, and small again', async () => {
      const editor = await openEditor(people.alice, withBob)
      const height = () => areaOf(editor).getBoundingClientRect().height
      const small = height()
      await type(editor, 'one')
      await press(editor, 'Shift+Enter', 'Shift+Enter')
      expect(height()).to.be.greaterThan(small * 2)
      for (let line = 0; line < 20; line++) await press(editor, 'Shift+Enter')
      const field = partOf(editor, 'field')!
      expect(field.getBoundingClientRect().height).to.be.lessThan(200)
      expect(field.scrollHeight).to.be.greaterThan(field.clientHeight)
      const caret = field.scrollTop + field.clientHeight
      expect(caret, 'the caret is in sight').to.be.closeTo(field.scrollHeight, 8)
      await type(editor, 'x')
      await press(editor, 'Enter')
      expect(height()).to.equal(small)
    })

    it('with icons and button scaled by base-size, and the text not', async () => {
      const editor = await openEditor(people.alice, withBob)
      const sizes = () =>
        [areaOf(editor), sendButton(editor), partOf(editor, 'button')!].map(
          (element) => getComputedStyle(element).fontSize,
        )
      expect(sizes()).to.deep.equal(['16px', '16px', '16px'])
      editor.baseSize = '24px'
      await editor.updateComplete
      expect(sizes()).to.deep.equal(['16px', '24px', '24px'])
    })

    it('from right to left, each paragraph by its own letters', async () => {
      const place = await placeOf(people.alice)
      place.dir = 'rtl'
      const editor = await openEditor(people.alice, withBob, place)
      expect(areaOf(editor).dir).to.equal('auto')
      const bar = find(editor, '.bar')!.getBoundingClientRect()
      expect(sendButton(editor).getBoundingClientRect().left - bar.left).to.be.lessThan(1)
      await type(editor, 'שלום')
      expect(getComputedStyle(areaOf(editor)).direction).to.equal('rtl')
    })

    for (const colorScheme of ['light', 'dark'] as const) {
      it(`readable in ${colorScheme} colours, and named for screen readers`, async () => {
        const place = await placeOf(people.alice)
        place.style.colorScheme = colorScheme
        const editor = await openEditor(people.alice, withBob, place)
        await type(editor, 'hello')
        await expectAccessible(editor)
      })
    }

    it('right where the system forces its colours', async () => {
      await emulateMedia({ forcedColors: 'active' })
      try {
        const editor = await openEditor(people.alice, withBob)
        expect(getComputedStyle(find(editor, '.mirror')!).visibility).to.equal('hidden')
        expect(getComputedStyle(sendButton(editor)).borderTopWidth).to.equal('1px')
      } finally {
        await emulateMedia({ forcedColors: 'none' })
      }
    })

    it('in the language of its kit', async () => {
      const editor = await openEditor(people.alice, withBob)
      expect(sendButton(editor).innerText.trim()).to.equal('Send')
      people.alice.kit.changeLanguage({ lang: 'zh_CN' })
      await until(() => sendButton(editor).innerText.trim() === '发送')
      expect(areaOf(editor).placeholder).to.equal('输入消息')
    })

    it('with what the page puts into its slots', async () => {
      const editor = await openEditor(people.alice, withBob)
      editor.append(
        await fixture(html`<button slot="toolbar">more</button>`),
        await fixture(html`<b slot="send-label">Go</b>`),
      )
      expect(sendButton(editor).getBoundingClientRect().width).to.be.greaterThan(0)
      expect(
        editor.querySelector('b')!.assignedSlot!.closest('button') === sendButton(editor),
      ).to.equal(true)
      expect(editor.querySelector('button')!.getBoundingClientRect().width).to.be.greaterThan(0)
    })
  })

  describe('on the page', () => {
    it('keeps what is written when it is moved', async () => {
      const place = await placeOf(people.alice)
      const editor = await openEditor(people.alice, withBob, place)
      await type(editor, 'half a')
      const box = place.appendChild(document.createElement('div'))
      box.append(editor)
      await editor.updateComplete
      expect(areaOf(editor).value).to.equal('half a')
      await type(editor, ' sentence')
      await press(editor, 'Enter')
      const [message] = await received(people.bob, withAlice, 1)
      expect(message!.content.content).to.equal('half a sentence')
    })

    it('works in a dialog that is hidden and shown again', async () => {
      const place = await placeOf(people.alice)
      const dialog = place.appendChild(document.createElement('dialog'))
      const editor = await openEditor(people.alice, withBob, dialog)
      for (const text of ['first', 'second']) {
        dialog.showModal()
        await type(editor, text)
        expect(areaOf(editor).getBoundingClientRect().height).to.be.greaterThan(20)
        await press(editor, 'Enter')
        dialog.close()
      }
      await received(people.bob, withAlice, 2)
    })

    it('turns to another person with the provider it is moved to', async () => {
      const alices = await placeOf(people.alice)
      const bobs = await placeOf(people.bob)
      const editor = await openEditor(people.alice, withBob, alices)
      await type(editor, 'from alice')
      people.bob.kit.selectConversation(withAlice)
      bobs.append(editor)
      await until(() => areaOf(editor).value === '' && !areaOf(editor).disabled)
      await type(editor, 'from bob')
      await press(editor, 'Enter')
      const messages = await received(people.alice, withBob, 1)
      expect(messages.map(({ content }) => content.content)).to.deep.equal(['from bob'])
      alices.append(editor)
      await until(() => areaOf(editor).value === 'from alice', 'the draft of before')
    })

    it('leaves nothing behind', async () => {
      people.alice.kit.selectConversation(withBob)
      await expectNothingLeftBehind(async (place) => {
        const editor = document.createElement('message-editor')
        const provider = Object.assign(document.createElement('im-provider'), {
          kit: people.alice.kit,
        })
        place.append(provider)
        provider.append(editor)
        await until(() => areaOf(editor)?.disabled === false)
        return editor
      })
    })
  })
})
