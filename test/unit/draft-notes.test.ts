import { expect } from '@open-wc/testing'
import { localToken } from '../../src/backends/local/index.js'
import { DraftNotes, type DraftNote } from '../../src/kit/draft-notes.js'
import type { PageStorage } from '../../src/kit/page-storage.js'
import { uuidv7 } from '../../src/model/identity.js'
import { privateWith } from '../support/backend-messages.js'
import { useChat, type Device } from '../support/chat-service.js'
import { ReadyKit } from '../support/ready-kit.js'

const toBob = privateWith('bob')
const toDan = privateWith('dan')
const toCarol = { ...privateWith('carol/😀'), channelId: 'a%2F' }

const noteOf = (text: string): DraftNote => ({ draft: { text }, sending: [] })

describe('notes of drafts', () => {
  const notes = new DraftNotes()
  const owner = { appkey: `app/${uuidv7()}`, userId: 'alice' }
  const textsOf = (whose = owner) =>
    notes.of(whose).map(({ conversation, note }) => [conversation.targetId, note.draft?.text])

  afterEach(() => notes.clear(owner))

  it('are kept for each conversation, the last one of each, whole', () => {
    const draft = {
      text: '@Bob look',
      mentions: [{ id: 'bob', name: 'Bob' }],
      reference: { messageUId: '1', senderUserId: 'bob' },
    }
    notes.write(owner, toBob, noteOf('look'))
    notes.write(owner, toBob, { draft, sending: [{ messageUId: '2', draft }] })
    notes.write(owner, toCarol, { draft: null, sending: [] })
    const found = new DraftNotes()
      .of(owner)
      .map(({ conversation, note }) => ({ conversation, note }))
    expect(found).to.have.deep.members([
      { conversation: toBob, note: { draft, sending: [{ messageUId: '2', draft }] } },
      { conversation: toCarol, note: { draft: null, sending: [] } },
    ])
  })

  it('are taken back unless there is a newer one', () => {
    const first = notes.write(owner, toBob, noteOf('one'))
    const second = notes.write(owner, toBob, noteOf('two'))
    first.remove()
    expect(textsOf()).to.deep.equal([['bob', 'two']])
    second.remove()
    expect(textsOf()).to.deep.equal([])
  })

  it('are not read by another user or application', () => {
    notes.write(owner, toBob, noteOf('private'))
    expect(textsOf({ ...owner, userId: 'ali' })).to.deep.equal([])
    expect(textsOf({ ...owner, userId: 'alice/draft' })).to.deep.equal([])
    expect(textsOf({ ...owner, appkey: 'app' })).to.deep.equal([])
    notes.clear({ ...owner, userId: 'ali' })
    expect(textsOf()).to.have.length(1)
  })

  it('that cannot be read are left out', () => {
    notes.write(owner, toBob, noteOf('fine'))
    notes.write(owner, toCarol, { draft: { text: 1 }, sending: [] } as never)
    notes.write(owner, toDan, { draft: null, sending: [{}] } as never)
    const key = Object.keys(localStorage).find((name) => localStorage[name].includes('"fine"'))!
    localStorage.setItem(`${key}x`, 'no JSON')
    expect(textsOf()).to.deep.equal([['bob', 'fine']])
  })

  it('are not kept where storage is refused, and nothing breaks', () => {
    const refuse = () => {
      throw new DOMException('denied', 'SecurityError')
    }
    const refusing: PageStorage = {
      get length() {
        return refuse()
      },
      key: refuse,
      getItem: refuse,
      setItem: refuse,
      removeItem: refuse,
    }
    for (const refused of [new DraftNotes(refusing), new DraftNotes(undefined)]) {
      refused.write(owner, toBob, noteOf('lost')).remove()
      refused.drop(owner, toBob)
      expect(refused.of({ ...owner, userId: 'nobody' })).to.deep.equal([])
      refused.clear(owner)
    }
  })
})

describe('a kit whose page went away', () => {
  const chat = useChat()
  const notes = new DraftNotes()
  const draftOf = async ({ tab }: ReadyKit) => (await tab.conversation(toBob)).draft
  const notesOf = ({ tab }: ReadyKit) =>
    notes.of({ appkey: tab.appkey, userId: 'alice' }).map(({ note }) => note)
  const forgets = (alice: ReadyKit) =>
    alice.passes('the note is gone', () => notesOf(alice).length === 0)

  /** Alice, who was here before and left a note. */
  async function left(note: DraftNote): Promise<ReadyKit> {
    const alice = new ReadyKit(await chat.service.device('alice').online())
    await alice.kit.saveDraft(toBob, { text: 'hel' })
    await alice.kit.disconnect()
    notes.write({ appkey: alice.tab.appkey, userId: 'alice' }, toBob, note)
    return alice
  }

  it('takes up the draft when its user is back, and tells the other devices', async () => {
    const alice = await left(noteOf('hello'))
    await alice.tab.online()
    await forgets(alice)
    expect(await draftOf(alice)).to.equal('hello')
    const phone = await chat.service.device('alice').online()
    expect((await phone.conversation(toBob)).draft).to.equal('hello')
  })

  it('takes up that nothing is left of it', async () => {
    const alice = await left({ draft: null, sending: [] })
    await alice.tab.online()
    await forgets(alice)
    expect(await draftOf(alice)).to.equal('')
  })

  it('takes up what was not sent after all, in front of what was written since', async () => {
    const sent = await chat.service.device('alice').online()
    const { messageUId } = await sent.say(toBob, 'one')
    const sending = ['one', 'two', 'three'].map((text, index) => ({
      messageUId: index === 0 ? messageUId : String(index),
      draft: { text },
    }))
    const alice = new ReadyKit(sent)
    await alice.kit.disconnect()
    const owner = { appkey: sent.appkey, userId: 'alice' }
    notes.write(owner, toBob, { draft: { text: 'four' }, sending })
    await sent.online()
    await forgets(alice)
    expect(await draftOf(alice)).to.equal('two\nthree\nfour')
  })

  it('takes up nothing that was saved after all, so that a later draft stands', async () => {
    const alice = await left(noteOf('hel'))
    const phone = await chat.service.device('alice').online()
    await phone.client.conversations.saveDraft(toBob, { text: 'later' })
    await alice.tab.online()
    await forgets(alice)
    await alice.passes('the later draft', async () => (await draftOf(alice)) === 'later')
    expect((await phone.conversation(toBob)).draft).to.equal('later')
  })

  it('leaves it to its user', async () => {
    const alice = await left(noteOf('hello'))
    await alice.kit.connect(localToken('bob'))
    expect(await draftOf(alice)).to.equal('')
    await alice.kit.disconnect()
    expect(notesOf(alice)).to.have.length(1)
    await alice.tab.client.clearLocalData('bob')
  })

  it('forgets it with all else the user has stored', async () => {
    const alice = await left(noteOf('hello'))
    await alice.tab.client.clearLocalData('alice')
    expect(notesOf(alice)).to.deep.equal([])
  })

  it('notes what is being saved or sent, no longer than that takes', async () => {
    const alice = new ReadyKit(await chat.service.device('alice').online())
    const saved = Promise.all([
      alice.kit.saveDraft(toBob, { text: 'he' }),
      alice.kit.saveDraft(toBob, { text: 'hello' }),
    ])
    const posted = alice.kit.keepUntilPosted(toBob, '1', { text: 'before' })
    expect(notesOf(alice), 'before it goes').to.deep.equal([])
    alice.kit.noteDrafts()
    const sending = [{ messageUId: '1', draft: { text: 'before' } }]
    expect(notesOf(alice)).to.deep.equal([{ draft: { text: 'hello' }, sending }])
    await saved
    expect(notesOf(alice)).to.deep.equal([{ sending }])
    posted()
    expect(notesOf(alice)).to.deep.equal([])
    alice.kit.noteDrafts()
    expect(notesOf(alice), 'all is saved').to.deep.equal([])
  })

  it('lets a later draft stand, also one of another tab', async () => {
    const alice = await left(noteOf('hello'))
    const other = new ReadyKit(chat.service.tabOf(alice.tab as Device))
    notes.clear({ appkey: alice.tab.appkey, userId: 'alice' })
    await other.tab.online()
    notes.write({ appkey: alice.tab.appkey, userId: 'alice' }, toBob, noteOf('hello'))
    await other.kit.saveDraft(toBob, undefined)
    expect(notesOf(alice)).to.deep.equal([])
  })

  it('notes what is not saved yet when its user logs out', async () => {
    const alice = new ReadyKit(await chat.service.device('alice').online())
    const saving = alice.kit.saveDraft(toBob, { text: 'hello' })
    const disconnected = alice.kit.disconnect()
    expect(notesOf(alice)).to.deep.equal([noteOf('hello')])
    const isSaved = await saving.then(
      () => true,
      () => false,
    )
    expect(notesOf(alice)).to.deep.equal(isSaved ? [] : [noteOf('hello')])
    await disconnected
  })

  it('notes nothing for nobody', async () => {
    const alice = new ReadyKit(await chat.service.device('alice').online())
    await alice.kit.disconnect()
    alice.kit.noteDrafts()
    expect(notes.of({ appkey: alice.tab.appkey, userId: '' })).to.deep.equal([])
    expect(notesOf(alice)).to.deep.equal([])
  })
})
