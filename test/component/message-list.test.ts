import { expect } from '@open-wc/testing'
import { sendKeys } from '@web/test-runner-commands'
import { html } from 'lit'
import '../../components/message-editor/message-editor.define.js'
import type { MessageList } from '../../components/message-list/message-list.js'
import type { MessagePicture } from '../../components/message-list/message-picture.js'
import { ConversationType, type ConversationId } from '../../src/model/conversation.js'
import { MessageType } from '../../src/model/message-types.js'
import { LocalService } from '../support/backend-local-service.js'
import { expectNothingLeftBehind } from '../support/leaves-nothing-behind.js'
import {
  announced,
  closeLists,
  content,
  inside,
  lastRow,
  openList,
  redDot,
  rowsOf,
  rowWith,
  send,
  textsOf,
  until,
  writtenIn,
} from '../support/message-list-page.js'
import {
  createPerson,
  say,
  text,
  twoPeople,
  withAlice,
  withBob,
  type People,
} from '../support/two-people.js'

describe('<message-list>', () => {
  let people: People

  beforeEach(async () => {
    people = await twoPeople()
  })

  afterEach(async () => {
    closeLists()
    await people.end()
  })

  const groupOf = () => people.group('Friends', people.alice, people.bob)

  describe('shows texts', () => {
    it('of both sides, oldest first, own ones apart', async () => {
      await say(people.bob, withAlice, 'hi')
      await say(people.alice, withBob, 'hello')
      const list = openList(people.alice, withBob)
      await until(() => textsOf(list).join() === 'hi,hello')
      expect(rowsOf(list).map((row) => row.hasAttribute('data-own'))).to.deep.equal([false, true])
    })

    it('as they were written, with links and line breaks', async () => {
      await say(people.bob, withAlice, 'look:\nhttps://example.org/a?b=c#d  <b>ok</b>')
      const list = openList(people.alice, withBob)
      const row = await rowWith(list, 'look')
      const body = row.querySelector<HTMLElement>('.text')!
      expect(body.dir).to.equal('auto')
      expect(body.innerText).to.contain('look:\nhttps://example.org/a?b=c#d  <b>ok</b>')
      // What finds links is loaded with the first text that may have one.
      await until(() => body.querySelector('a'), 'the link')
      const link = body.querySelector('a')!
      expect(link.href).to.equal('https://example.org/a?b=c#d')
      expect(link.rel).to.contain('noopener')
    })

    it('of a few emoji large', async () => {
      await say(people.bob, withAlice, '😀🎉')
      await say(people.bob, withAlice, '😀 yes')
      const list = openList(people.alice, withBob)
      const large = (await rowWith(list, '😀🎉')).querySelector<HTMLElement>('.text')!
      const usual = (await rowWith(list, '😀 yes')).querySelector<HTMLElement>('.text')!
      const size = (element: Element) => parseFloat(getComputedStyle(element).fontSize)
      expect(size(large)).to.be.greaterThan(size(usual) * 1.8)
    })

    it('in groups with who wrote them, once for a run', async () => {
      const group = await groupOf()
      await say(people.bob, group, 'one')
      await say(people.bob, group, 'two')
      const list = openList(people.alice, group)
      const first = await rowWith(list, 'one')
      const second = await rowWith(list, 'two')
      await until(() => first.querySelector('.name')?.textContent === 'Bob')
      expect(first.querySelector('im-avatar')!.name).to.equal('Bob')
      expect(second.querySelector('.name')).to.equal(null)
      expect(second.querySelector('im-avatar')).to.equal(null)
    })

    it('that come while it is on screen, and tells screen reader users', async () => {
      const list = openList(people.alice, withBob)
      await until(() => inside(list, '[part=empty]'))
      await say(people.bob, withAlice, 'old news')
      await rowWith(list, 'old news')
      await say(people.bob, withAlice, 'fresh news')
      await rowWith(list, 'fresh news')
      await until(() => announced().includes('New message from Bob: fresh news'))
      expect(inside(list, '[aria-live], [role=log]')).to.equal(null)
    })

    it('of before without reading them out', async () => {
      await say(people.bob, withAlice, 'long ago')
      const list = openList(people.alice, withBob)
      await rowWith(list, 'long ago')
      expect(announced()).not.to.contain('long ago')
    })

    it('and leaves nothing of what it read out to who logs in next', async () => {
      const list = openList(people.alice, withBob)
      await until(() => inside(list, '[part=empty]'))
      await say(people.bob, withAlice, 'between us')
      await rowWith(list, 'between us')
      await until(() => announced().includes('between us'))
      await people.alice.kit.disconnect()
      await until(() => !announced().includes('between us'))
      expect(rowsOf(list)).to.have.length(0)
    })
  })

  describe('shows', () => {
    const picture = (row: Element) => row.querySelector<MessagePicture>('im-message-picture')!
    const images = (row: Element) => [...picture(row).shadowRoot!.querySelectorAll('img')]

    it('an image: room for it, its thumbnail, then the image', async () => {
      const file = await (await fetch(`data:image/png;base64,${redDot}`)).blob()
      const body = { content: redDot, width: 320, height: 160 }
      const { sender } = people.bob.kit.client!
      await sender.sendFile(withAlice, content(MessageType.IMAGE, body), file, {
        field: 'imageUri',
      })
      const list = openList(people.alice, withBob)
      const row = await lastRow(list, MessageType.IMAGE)
      const frame = () => picture(row).getBoundingClientRect()
      await until(() => images(row).some((image) => image.src.startsWith('blob:')), 'the image')
      await until(() => images(row).length === 1, 'no thumbnail any more')
      expect(frame().width / frame().height).to.be.closeTo(2, 0.05)
      expect(row.querySelector('button.picture')!.ariaLabel).to.equal('View image')
    })

    it('that an image can’t be loaded, and tries again on a click', async () => {
      const imageUri = `${location.origin}/no-such-image.png`
      await send(people.bob, withAlice, MessageType.IMAGE, { content: '', imageUri })
      const list = openList(people.alice, withBob)
      const row = await lastRow(list, MessageType.IMAGE)
      await until(() => picture(row).isBroken)
      expect(picture(row).shadowRoot!.querySelector('[part=broken]')).not.to.equal(null)
      row.querySelector<HTMLElement>('button.picture')!.click()
      await picture(row).updateComplete
      expect(picture(row).isBroken).to.equal(false)
      await until(() => picture(row).isBroken, 'broken again')
    })

    it('a short video with its length, a GIF with its mark', async () => {
      const sight = { sightUrl: 'https://example.org/v.mp4', content: redDot, duration: 74 }
      await send(people.bob, withAlice, MessageType.SIGHT, { ...sight, size: 5, name: 'v.mp4' })
      const remoteUrl = `data:image/png;base64,${redDot}`
      await send(people.bob, withAlice, MessageType.GIF, { remoteUrl, width: 8, height: 4 })
      const list = openList(people.alice, withBob)
      expect(writtenIn(await lastRow(list, MessageType.SIGHT))).to.equal('1:14')
      expect(writtenIn(await lastRow(list, MessageType.GIF))).to.equal('GIF')
    })

    it('a file as a card', async () => {
      const fileUrl = 'https://example.org/a.pdf'
      const body = { name: 'Plan <b>.pdf', size: 1536, type: 'pdf', fileUrl }
      await send(people.bob, withAlice, MessageType.FILE, body)
      const row = await lastRow(openList(people.alice, withBob), MessageType.FILE)
      expect(writtenIn(row)).to.equal('pdf Plan <b>.pdf 1.5 kB')
      expect(row.querySelector('.file-icon')!.getAttribute('data-kind')).to.equal('pdf')
    })

    it('a voice message with its length', async () => {
      const body = { remoteUrl: 'https://example.org/a.aac', duration: 7, type: 'aac' }
      await send(people.bob, withAlice, MessageType.HQ_VOICE, body)
      const row = await lastRow(openList(people.alice, withBob), MessageType.HQ_VOICE)
      const voice = row.querySelector('im-voice')!
      await until(() => voice.shadowRoot?.querySelector('.time'), 'the player')
      expect(voice.shadowRoot!.querySelector('.time')!.textContent).to.equal('0:07')
    })

    it('a place that leads to a map', async () => {
      const body = { longitude: 11.5, latitude: 48.1, poi: 'Marienplatz', content: redDot }
      await send(people.bob, withAlice, MessageType.LOCATION, body)
      const row = await lastRow(openList(people.alice, withBob), MessageType.LOCATION)
      expect(writtenIn(row)).to.equal('Marienplatz')
      const link = row.querySelector<HTMLAnchorElement>('a.location')!
      expect(link.href).to.match(/^https:.*48\.1.*11\.5/)
    })

    it('a page with title, words and address', async () => {
      const body = {
        title: 'News',
        content: 'All of it',
        imageUri: '',
        url: 'https://example.org/n',
      }
      await send(people.bob, withAlice, MessageType.RICH_CONTENT, body)
      const row = await lastRow(openList(people.alice, withBob), MessageType.RICH_CONTENT)
      expect(writtenIn(row)).to.equal('News All of it example.org')
      expect(row.querySelector<HTMLAnchorElement>('a.rich')!.href).to.equal('https://example.org/n')
    })

    it('a page without an address it could lead to as a card', async () => {
      const body = { title: 'Bad', content: '', imageUri: '', url: 'javascript:alert(1)' }
      await send(people.bob, withAlice, MessageType.RICH_CONTENT, body)
      const row = await lastRow(openList(people.alice, withBob), MessageType.RICH_CONTENT)
      expect(row.querySelector('a')).to.equal(null)
    })

    it('messages forwarded as one, to be opened, the ones inside them too', async () => {
      const entry = (name: string, objectName: string, body: object) => ({
        fromUserId: name,
        fromUserName: name,
        targetId: 'x',
        timestamp: Date.now(),
        objectName,
        content: body,
      })
      const inner = {
        title: 'Inner',
        nameList: [],
        summaryList: ['Eve: deep'],
        msgNum: 1,
        conversationType: 1,
        msgList: [entry('Eve', MessageType.TEXT, { content: 'deep inside' })],
      }
      await send(people.bob, withAlice, MessageType.COMBINE, {
        conversationType: 1,
        nameList: ['Carl', 'Dora'],
        summaryList: ['Carl: hello'],
        msgNum: 2,
        msgList: [
          entry('Carl', MessageType.TEXT, { content: 'hello' }),
          entry('Dora', MessageType.COMBINE, inner),
        ],
      })
      const list = openList(people.alice, withBob)
      const row = await lastRow(list, MessageType.COMBINE)
      expect(writtenIn(row)).to.equal('Chat history of Carl and Dora Carl: hello 2 messages')

      row.querySelector<HTMLElement>('.combined')!.click()
      const dialog = inside(list, 'im-combined-dialog')!
      await until(() => inside(dialog, '.entry'))
      expect(dialog.shadowRoot!.textContent).to.contain('hello')
      inside(dialog, '.combined')!.click()
      await until(() => dialog.shadowRoot!.textContent?.includes('deep inside'))
      inside(dialog, 'im-dialog > .icon-button')!.click()
      await until(() => !dialog.shadowRoot!.textContent?.includes('deep inside'), 'back')
      inside(inside(dialog, 'im-dialog')!, '[part=close]')!.click()
      await until(() => !inside(dialog, '.entry'), 'closed')
    })

    it('what the host makes of its own types, as bubbles and as grey lines', async () => {
      const { kit } = people.alice
      for (const person of [people.alice, people.bob]) {
        person.kit.registerMessageType('app:card', true, true)
        person.kit.registerMessageType('app:notice', true, true)
      }
      kit.customMessage = {
        userMessage: { 'app:card': ({ content }) => html`<b>${content.title}</b>` },
        notifyMessage: { 'app:notice': () => '<i onclick="alert(1)">colours</i>' },
      }
      await send(people.bob, withAlice, 'app:card', { title: 'Invitation' })
      await send(people.bob, withAlice, 'app:notice', {})
      const list = openList(people.alice, withBob)
      const card = await rowWith(list, 'Invitation')
      expect(card.querySelector('.bubble b')!.textContent).to.equal('Invitation')
      expect(card.querySelector('im-avatar')).not.to.equal(null)
      const notice = await rowWith(list, 'colours')
      expect(notice.querySelector('.notice i')!.hasAttribute('onclick')).to.equal(false)
      expect(notice.querySelector('im-avatar')).to.equal(null)
    })

    it('the plain line for a renderer that throws, and goes on', async () => {
      const { kit } = people.alice
      const reports: string[] = []
      kit.on('error', ({ context }) => reports.push(context))
      for (const person of [people.alice, people.bob]) {
        person.kit.registerMessageType('app:card', true, true)
      }
      kit.customMessage = {
        userMessage: {
          'app:card': () => {
            throw new Error('no')
          },
        },
      }
      await send(people.bob, withAlice, 'app:card', {})
      await say(people.bob, withAlice, 'after it')
      const list = openList(people.alice, withBob)
      await rowWith(list, 'after it')
      expect(textsOf(list)[0]).to.equal(kit.words.value.unknownMessage)
      expect(reports).not.to.be.empty
    })

    it('the plain line for what it does not know or can’t read', async () => {
      people.bob.kit.registerMessageType('app:other', true, true)
      await send(people.bob, withAlice, 'app:other', { anything: 1 })
      await send(people.bob, withAlice, MessageType.IMAGE, { imageUri: { not: 'text' } })
      await say(people.bob, withAlice, 'after them')
      const list = openList(people.alice, withBob)
      await rowWith(list, 'after them')
      const { unknownMessage } = people.alice.kit.words.value
      expect(textsOf(list).slice(0, 2)).to.deep.equal([unknownMessage, unknownMessage])
      expect(rowsOf(list)[0]!.querySelector('.notice')).not.to.equal(null)
    })
  })

  describe('shows replies', () => {
    it('with what they quote, and leads to it', async () => {
      const first = await say(people.alice, withBob, 'the question')
      for (let index = 0; index < 30; index++) await say(people.bob, withAlice, `between ${index}`)
      await send(people.bob, withAlice, MessageType.REFERENCE, {
        content: 'the answer',
        referMsgUserId: 'alice',
        referMsgUid: first.messageUId,
        objName: MessageType.TEXT,
        referMsg: { content: 'the question' },
      })
      await people.alice.kit.client!.readState.markRead(withBob)
      const list = openList(people.alice, withBob)
      const row = await rowWith(list, 'the answer')
      await until(() => writtenIn(row) === 'Alice the question the answer')
      row.querySelector<HTMLElement>('button.quote')!.click()
      await until(() => {
        const highlighted = inside(list, 'im-message-row[data-highlighted]')
        return highlighted && writtenIn(highlighted) === 'the question'
      }, 'the quoted one, highlighted')
      const quoted = await rowWith(list, 'the question')
      await until(() => {
        const { top, bottom } = quoted.getBoundingClientRect()
        const view = inside(list, '.scroller')!.getBoundingClientRect()
        return top >= view.top && bottom <= view.bottom
      }, 'in view')
    })

    const quotes: [what: string, objName: string, referMsg: unknown, shown: string][] = [
      ['an image', MessageType.IMAGE, { content: redDot, imageUri: 'x' }, '[Image]'],
      ['a phone’s image', MessageType.IMAGE, JSON.stringify({ content: redDot }), '[Image]'],
      ['a file', MessageType.FILE, { name: 'plan.pdf' }, 'plan.pdf'],
      ['nothing it knows', 'app:any', undefined, '[This version can’t show this message]'],
    ]
    for (const [what, objName, referMsg, shown] of quotes) {
      it(`to ${what}`, async () => {
        const body = { content: 'yes', referMsgUserId: 'alice', objName, referMsg }
        await send(people.bob, withAlice, MessageType.REFERENCE, body)
        const row = await rowWith(openList(people.alice, withBob), 'yes')
        await until(() => writtenIn(row) === `Alice ${shown} yes`)
        expect(row.querySelector('button.quote')).to.equal(null)
      })
    }

    it('to what has been recalled since as that', async () => {
      const first = await say(people.alice, withBob, 'never mind')
      await send(people.bob, withAlice, MessageType.REFERENCE, {
        content: 'too late',
        referMsgUserId: 'alice',
        referMsgUid: first.messageUId,
        objName: MessageType.TEXT,
        referMsg: { content: 'never mind' },
      })
      const list = openList(people.alice, withBob)
      const row = await rowWith(list, 'never mind too late')
      await people.alice.kit.recall(first)
      await until(() => writtenIn(row).includes('The quoted message was recalled'))
      expect(writtenIn(row)).not.to.contain('never mind')
    })
  })

  describe('shows notices', () => {
    it('that the other one recalled a message', async () => {
      const sent = await say(people.bob, withAlice, 'oops')
      const list = openList(people.alice, withBob)
      await rowWith(list, 'oops')
      await people.bob.kit.recall(sent)
      await rowWith(list, 'recalled a message')
      expect(textsOf(list)).not.to.include('oops')
    })

    it('of an own recall, whose text can be edited again', async () => {
      const sent = await say(people.alice, withBob, 'almost right')
      const list = openList(people.alice, withBob)
      await rowWith(list, 'almost right')
      await people.alice.kit.recall(sent)
      const row = await rowWith(list, 'You recalled a message')
      await until(() => row.querySelector('[part=edit-again]'))
      row.querySelector<HTMLElement>('[part=edit-again]')!.click()
      const draft = async () => (await people.alice.kit.client!.conversations.get(withBob)).draft
      await until(async () => (await draft()) === 'almost right')
    })

    it('of an own recall, whose text goes on in the editor of its own chat', async () => {
      const sent = await say(people.alice, withBob, 'almost right')
      await people.alice.kit.recall(sent)
      const chats = ['first', 'second'].map(() => {
        const place = document.body.appendChild(document.createElement('section'))
        const list = openList(people.alice, withBob, {}, place)
        const editor = list.parentElement!.appendChild(document.createElement('message-editor'))
        return { place, list, editor }
      })
      const areaOf = ({ editor }: (typeof chats)[0]) =>
        inside<HTMLTextAreaElement>(editor, 'textarea')
      await until(() => chats.every((chat) => areaOf(chat)?.disabled === false))
      const [first, second] = chats as [(typeof chats)[0], (typeof chats)[0]]
      for (const chat of [second, first]) {
        await until(() => inside(chat.list, '[part=edit-again]'))
        inside(chat.list, '[part=edit-again]')!.focus()
        await sendKeys({ press: 'Enter' })
        expect(chat.editor.shadowRoot!.activeElement === areaOf(chat)).to.equal(true)
        expect(document.activeElement === chat.editor).to.equal(true)
        expect(areaOf(chat)!.selectionStart).to.equal(areaOf(chat)!.value.length)
        await sendKeys({ type: '!' })
        const whole = chat === second ? 'almost right!' : 'almost right!\nalmost right!'
        expect(areaOf(chat)!.value).to.equal(whole)
        areaOf(chat)!.blur()
        await until(() => chats.every((each) => areaOf(each)!.value === whole), 'the same in both')
      }
      for (const { place } of chats) place.remove()
    })

    it('of what happens in groups, with names', async () => {
      const group = await groupOf()
      await people.add('carol')
      await people.alice.kit.client!.groups.invite(group.targetId, ['carol'])
      const list = openList(people.bob, group)
      await rowWith(list, 'Alice invited Carol')
    })

    it('of information', async () => {
      const message = 'Be <i>kind</i>.'
      await send(people.bob, withAlice, MessageType.INFORMATION_NOTIFICATION, { message })
      const list = openList(people.alice, withBob)
      await rowWith(list, 'Be <i>kind</i>.')
    })
  })

  describe('tells how far own messages are', () => {
    const status = (row: Element) => row.querySelector('.status')?.ariaLabel

    it('on their way, sent, read', async () => {
      people.alice.backend.setOnline(false)
      await people.alice.kit.post(withBob, text('are you there?'))
      const list = openList(people.alice, withBob)
      const row = await rowWith(list, 'are you there?')
      expect(status(row)).to.equal('Sending')
      people.alice.backend.setOnline(true)
      await until(() => status(row) === 'Unread', 'sent')
      openList(people.bob, withAlice)
      await until(() => status(row) === 'Read', 'read')
    })

    it('not sent and why; a click sends again', async () => {
      const group = await groupOf()
      const list = openList(people.bob, group)
      await people.alice.kit.client!.groups.kick(group.targetId, ['bob'])
      await rowWith(list, 'removed')
      await people.bob.kit.post(group, text('still here?'))
      const row = await rowWith(list, 'still here?')
      await until(() => row.querySelector('.resend'))
      expect(row.querySelector('.failure')!.textContent).to.contain('not a member')
      await people.alice.kit.client!.groups.invite(group.targetId, ['bob'])
      row.querySelector<HTMLElement>('.resend')!.click()
      const again = await rowWith(list, 'still here?')
      await until(() => !again.querySelector('.resend') && status(again) === 'Sent')
    })

    it('in groups by how many have read them, with a list of who', async () => {
      const group = await groupOf()
      await people.add('carol')
      await people.alice.kit.client!.groups.invite(group.targetId, ['carol'])
      const sent = await say(people.alice, group, 'who comes?')
      const list = openList(people.alice, group)
      const row = await rowWith(list, 'who comes?')
      await people.alice.kit.client!.readState.requestReceipt(sent)
      await until(() => row.querySelector('.readers')?.textContent?.includes('Read by 0'))
      openList(people.bob, group)
      await until(() => row.querySelector('.readers')?.textContent?.includes('Read by 1'))

      row.querySelector<HTMLElement>('.readers')!.click()
      const dialog = inside(list, 'im-readers-dialog')!
      await until(() => dialog.shadowRoot!.querySelectorAll('section').length === 2)
      await until(() => dialog.shadowRoot!.textContent?.includes('Carol'))
      const sides = [...dialog.shadowRoot!.querySelectorAll('section')].map((side) =>
        side.textContent!.replace(/\s+/g, ' ').trim(),
      )
      expect(sides).to.deep.equal(['Read by 1 Bob', 'Not read by 1 Carol'])
      expect(inside(dialog, 'im-dialog')!.getAttribute('open')).not.to.equal(null)
    })
  })

  describe('between messages', () => {
    it('has a line with the time after five minutes of silence', async () => {
      let now = new Date(2026, 2, 4, 12).getTime()
      const service = new LocalService()
      const backend = service.openTab({ now: () => now })
      const alice = createPerson(service, 'alice', { backend })
      await alice.kit.connect(alice.token)
      await say(alice, withBob, 'one')
      now += 4 * 60_000
      await say(alice, withBob, 'two')
      now += 5 * 60_000
      await say(alice, withBob, 'three')
      const list = openList(alice, withBob)
      await rowWith(list, 'three')
      expect(list.shadowRoot!.querySelectorAll('.time')).to.have.length(2)
      closeLists()
      await alice.kit.client!.clearLocalData()
      await service.remove()
    })

    it('has a line above what was unread, which stays while one reads on', async () => {
      await say(people.bob, withAlice, 'known')
      const list = openList(people.alice, withBob)
      await rowWith(list, 'known')
      await until(async () => (await unreadCount(withBob)) === 0, 'read')
      people.alice.kit.selectConversation(null)
      await until(() => inside(list, '[part=empty]'), 'closed')
      await say(people.bob, withAlice, 'new')
      await until(async () => (await unreadCount(withBob)) === 1, 'unread')
      people.alice.kit.selectConversation(withBob)
      const row = await rowWith(list, 'new')
      await until(() => row.previousElementSibling?.matches('[part=unread]'))
      await until(async () => (await unreadCount(withBob)) === 0, 'read again')
      expect(inside(list, '[part=unread]')).not.to.equal(null)
    })

    const unreadCount = async (conversation: ConversationId) =>
      (await people.alice.kit.client!.conversations.get(conversation)).unreadMessageCount
  })

  it('says that the other one is typing', async () => {
    const list = openList(people.alice, withBob)
    await until(() => inside(list, '[part=empty]'))
    await say(people.bob, withAlice, 'hi')
    await rowWith(list, 'hi')
    people.bob.kit.sendTyping(withAlice)
    await until(() => inside(list, '[part=typing]')?.textContent?.includes('Typing'))
  })

  describe('without messages', () => {
    it('says so, in the host’s words if it has some', async () => {
      const list = openList(people.alice, withBob)
      await until(() => inside(list, '[part=empty]')?.textContent?.includes('No messages yet'))
      const own = Object.assign(document.createElement('p'), { slot: 'empty' })
      list.append(own)
      const slot = inside<HTMLSlotElement>(list, 'slot[name=empty]')!
      expect(slot.assignedElements()).to.deep.equal([own])
    })

    it('asks to choose a conversation', async () => {
      const list = openList(people.alice, null)
      await list.updateComplete
      expect(inside(list, '[part=empty]')!.textContent).to.contain('Choose a conversation')
    })

    it('shows where they will be until the first are here', async () => {
      const list = openList(people.alice, withBob)
      await list.updateComplete
      expect(inside(list, '[part=loading]')!.ariaLabel).to.equal('Loading…')
      await until(() => inside(list, '[part=empty]'))
    })

    it('says that they can’t be read, and tries again', async () => {
      const { client } = people.alice.kit
      const { history } = client!.reader
      client!.reader.history = () => Promise.reject(new Error('disk'))
      people.alice.kit.on('error', () => undefined)
      const list = openList(people.alice, withBob)
      await until(() => inside(list, '[part=failed]'))
      client!.reader.history = history
      inside(list, '[part=retry]')!.click()
      await until(() => inside(list, '[part=empty]'))
    })

    it('says that the browser refuses its storage', async () => {
      const { kit, token } = people.alice
      await kit.disconnect()
      const list = openList(people.alice, null)
      const { open } = IDBFactory.prototype
      IDBFactory.prototype.open = () => {
        throw new DOMException('Denied in private mode.', 'SecurityError')
      }
      try {
        await kit.connect(token).catch(() => undefined)
      } finally {
        IDBFactory.prototype.open = open
      }
      await until(() => inside(list, '[part=failed]')?.textContent?.includes('storage'))
      await kit.connect(token)
      await until(() => inside(list, '[part=empty]'))
    })
  })

  describe('its properties', () => {
    it('work the same set before and after it is attached', async () => {
      await say(people.bob, withAlice, 'hi')
      const before = openList(people.alice, withBob, { baseSize: '20px' })
      const after = openList(people.alice, withBob)
      after.setAttribute('base-size', '20px')
      await rowWith(before, 'hi')
      await rowWith(after, 'hi')
      const size = (list: MessageList) => getComputedStyle(list).fontSize
      expect(size(before)).to.equal('20px')
      expect(size(after)).to.equal('20px')
    })

    it('that are nonsense are warned about and change nothing', async () => {
      await say(people.bob, withAlice, 'hi')
      const warn = console.warn
      const warnings: unknown[] = []
      console.warn = (...words: unknown[]) => warnings.push(words.join(' '))
      try {
        const list = openList(people.alice, withBob)
        Object.assign(list, { customMenu: 'no', disableMenu: null })
        await rowWith(list, 'hi')
        expect(list.customMenu).to.deep.equal([])
        expect(list.disableMenu).to.deep.equal([])
      } finally {
        console.warn = warn
      }
      expect(warnings.join()).to.contain('customMenu of <message-list>')
    })
  })

  it('speaks the language of the kit', async () => {
    await say(people.bob, withAlice, 'hi')
    const list = openList(people.alice, withBob)
    const row = await rowWith(list, 'hi')
    people.alice.kit.changeLanguage({ lang: 'zh_CN' })
    await until(() => row.getAttribute('aria-label')?.startsWith('Bob，'))
  })

  it('forgets everything when the user leaves', async () => {
    await say(people.bob, withAlice, 'private')
    const list = openList(people.alice, withBob)
    await rowWith(list, 'private')
    await people.alice.kit.disconnect()
    await until(() => inside(list, '[part=empty]'))
    expect(list.shadowRoot!.textContent).not.to.contain('private')
  })

  it('shows another conversation when that is opened', async () => {
    await people.add('carol')
    await say(people.bob, withAlice, 'from bob')
    const withCarol = { conversationType: ConversationType.PRIVATE, targetId: 'carol' }
    await say(people.alice, withCarol, 'to carol')
    const list = openList(people.alice, withBob)
    await rowWith(list, 'from bob')
    people.alice.kit.selectConversation(withCarol)
    await rowWith(list, 'to carol')
    expect(textsOf(list)).to.deep.equal(['to carol'])
  })

  it('leaves nothing behind', async function () {
    this.timeout(30_000)
    for (let index = 0; index < 10; index++) await say(people.bob, withAlice, `message ${index}`)
    people.alice.kit.selectConversation(withBob)
    await expectNothingLeftBehind(async (place) => {
      const list = openList(people.alice, withBob, {}, place)
      await rowWith(list, 'message 9')
      return list
    })
  })
})
