import { expect } from '@open-wc/testing'
import type { MessageEditor } from '../../components/message-editor/message-editor.js'
import type { Conversation } from '../../src/core/conversation.js'
import type { ConversationId } from '../../src/model/conversation.js'
import {
  areaOf,
  findAll,
  messagesOf,
  openEditor,
  partOf,
  placeOf,
  press,
  received,
  type,
  until,
} from '../support/editor-page.js'
import { say, twoPeople, withAlice, withBob, type People } from '../support/two-people.js'

describe('drafts in <message-editor>', () => {
  let people: People
  beforeEach(async () => (people = await twoPeople()))
  afterEach(() => people.end())

  const withCarol: ConversationId = { ...withBob, targetId: 'carol' }
  const row = (conversation = withBob): Promise<Conversation> =>
    people.alice.kit.client!.conversations.get(conversation)
  const turnTo = async (editor: MessageEditor, conversation: ConversationId, text: string) => {
    people.alice.kit.selectConversation(conversation)
    await until(() => areaOf(editor).value === text, `"${text}" is in the field`)
  }

  it('are kept for each conversation', async () => {
    const editor = await openEditor(people.alice, withBob)
    await type(editor, 'to bob')
    await turnTo(editor, withCarol, '')
    await type(editor, 'to carol')
    await turnTo(editor, withBob, 'to bob')
    await turnTo(editor, withCarol, 'to carol')
    expect((await row(withBob)).draft).to.equal('to bob')
  })

  it('are saved a moment after the last key', async () => {
    const editor = await openEditor(people.alice, withBob)
    await type(editor, 'unfinished')
    await until(async () => (await row()).draft === 'unfinished')
  })

  it('are saved when the page or the editor goes away', async () => {
    const editor = await openEditor(people.alice, withBob)
    await type(editor, 'one')
    dispatchEvent(new PageTransitionEvent('pagehide'))
    await until(async () => (await row()).draft === 'one')
    await type(editor, ' two')
    editor.remove()
    await until(async () => (await row()).draft === 'one two')
  })

  it('are there again in a new editor', async () => {
    const first = await openEditor(people.alice, withBob)
    await type(first, 'half a')
    first.remove()
    await until(async () => (await row()).draft === 'half a')
    const second = await openEditor(people.alice, withBob)
    await until(() => areaOf(second).value === 'half a')
  })

  it('keep who is mentioned', async () => {
    const group = await people.group('Two', people.alice, people.bob)
    const editor = await openEditor(people.alice, group)
    await type(editor, '@b')
    // Until the service has answered, ids stand for names.
    const names = () => findAll(editor, '[role=option]').map((option) => option.textContent?.trim())
    await until(() => names().length === 1 && names()[0]?.includes('Bob'), 'the name')
    await press(editor, 'Enter')
    await turnTo(editor, withBob, '')
    await turnTo(editor, group, '@Bob ')
    await press(editor, 'Enter')
    await until(async () => {
      const messages = await messagesOf(people.bob, group)
      return messages.some(({ content }) => content.mentionedInfo?.userIdList?.includes('bob'))
    })
  })

  it('keep what is quoted', async () => {
    await say(people.bob, withAlice, 'Shall we?')
    await received(people.alice, withBob, 1)
    const editor = await openEditor(people.alice, withBob)
    people.alice.kit.quote((await messagesOf(people.alice, withBob))[0])
    await until(() => partOf(editor, 'quote'))
    await type(editor, 'Let us')
    await turnTo(editor, withCarol, '')
    expect(partOf(editor, 'quote') === null).to.equal(true)
    await turnTo(editor, withBob, 'Let us')
    await until(() => partOf(editor, 'quote')?.innerText.includes('Shall we?'))
    expect((await row()).draftDetail!.reference!.senderUserId).to.equal('bob')
  })

  it('are gone when the message is sent', async () => {
    const editor = await openEditor(people.alice, withBob)
    await type(editor, 'hello')
    await until(async () => (await row()).draft === 'hello')
    await press(editor, 'Enter')
    await until(async () => (await row()).draft === '')
    await received(people.bob, withAlice, 1)
    expect(areaOf(editor).value).to.equal('')
  })

  it('that the page saves are shown', async () => {
    const editor = await openEditor(people.alice, withBob)
    await people.alice.kit.saveTextMessageDraft(withBob, 'from the page')
    await until(() => areaOf(editor).value === 'from the page')
  })

  it('of another tab are shown, but not over what is being written here', async () => {
    const other = await people.add('alice')
    const editor = await openEditor(people.alice, withBob)
    await other.kit.saveDraft(withBob, { text: 'elsewhere' })
    await until(() => areaOf(editor).value === 'elsewhere')

    await type(editor, ' and here')
    await until(async () => (await row()).draft === 'elsewhere and here')
    await other.kit.saveDraft(withBob, { text: 'late' })
    await until(async () => (await row()).draft === 'late')
    await editor.updateComplete
    expect(areaOf(editor).value).to.equal('elsewhere and here')
    editor.blur()
    await until(() => areaOf(editor).value === 'late', 'after leaving the field')
  })

  it('of a user who logs out are not the next one’s', async () => {
    const place = await placeOf(people.alice)
    const editor = await openEditor(people.alice, withBob, place)
    await type(editor, 'private')
    await people.alice.kit.disconnect()
    await until(() => areaOf(editor).value === '' && areaOf(editor).disabled)
    await people.alice.kit.connect(people.bob.token)
    people.alice.kit.selectConversation(withBob)
    await until(() => !areaOf(editor).disabled)
    expect(areaOf(editor).value).to.equal('')
  })

  it('are kept when their user logs out right after a key', async () => {
    const { kit, token } = people.alice
    const editor = await openEditor(people.alice, withBob)
    const place = editor.parentElement!
    editor.remove()
    place.append(editor)
    await until(() => !areaOf(editor).disabled)
    await type(editor, 'last words')
    await kit.disconnect()
    await until(() => areaOf(editor).value === '')
    await kit.connect(token)
    kit.selectConversation(withBob)
    await until(() => areaOf(editor).value === 'last words', 'the draft is back')
  })
})
