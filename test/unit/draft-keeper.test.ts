import { expect } from '@open-wc/testing'
import { draftDelay, DraftKeeper } from '../../components/message-editor/draft-keeper.js'
import { ConversationType, type ConversationId, type Draft } from '../../src/model/conversation.js'

const ann: ConversationId = { conversationType: ConversationType.PRIVATE, targetId: 'ann' }
const ben: ConversationId = { conversationType: ConversationType.PRIVATE, targetId: 'ben' }

/** A keeper with a clock of its own and a store that answers when told to. */
function setUp() {
  let now = 0
  let timer: { run: () => void; at: number } | undefined
  const saved: [string, string | undefined][] = []
  const reports: unknown[] = []
  const answers: { resolve(): void; reject(error: Error): void }[] = []
  const page = {
    text: '',
    saved,
    reports,
    passes(milliseconds: number) {
      now += milliseconds
      if (!timer || timer.at > now) return
      const { run } = timer
      timer = undefined
      run()
    },
    async answers() {
      for (const { resolve } of answers.splice(0)) resolve()
      await Promise.resolve()
      await Promise.resolve()
    },
    async refuses() {
      for (const { reject } of answers.splice(0)) reject(new Error('full'))
      await Promise.resolve()
      await Promise.resolve()
    },
  }
  const keeper = new DraftKeeper({
    read: () => (page.text ? { text: page.text } : undefined),
    save: ({ targetId }, draft) => {
      saved.push([targetId, draft?.text])
      return new Promise<void>((resolve, reject) => answers.push({ resolve, reject }))
    },
    report: (error) => reports.push(error),
    schedule: (run, milliseconds) => {
      const own = (timer = { run, at: now + milliseconds })
      return () => {
        if (timer === own) timer = undefined
      }
    },
  })
  const write = (text: string) => {
    page.text = text
    keeper.edited()
  }
  return { keeper, page, write }
}

const draft = (text: string): Draft => ({ text })

describe('the keeper of drafts', () => {
  it('saves once, a moment after the last key', () => {
    const { keeper, page, write } = setUp()
    keeper.follow(ann)
    write('h')
    page.passes(draftDelay - 1)
    write('hi')
    page.passes(draftDelay - 1)
    expect(page.saved).to.deep.equal([])
    page.passes(1)
    expect(page.saved).to.deep.equal([['ann', 'hi']])
    page.passes(draftDelay)
    expect(page.saved).to.have.length(1)
  })

  it('saves at once when the conversation is left, to the one that was written to', () => {
    const { keeper, page, write } = setUp()
    keeper.follow(ann)
    write('to ann')
    keeper.follow(ben)
    expect(page.saved).to.deep.equal([['ann', 'to ann']])
    page.passes(draftDelay)
    expect(page.saved).to.have.length(1)
  })

  it('saves nothing when nothing was written, or nothing has changed', () => {
    const { keeper, page, write } = setUp()
    keeper.follow(ann)
    keeper.flush()
    keeper.shown(draft('hi'))
    write('hi')
    keeper.flush()
    expect(page.saved).to.deep.equal([])
  })

  it('removes the draft when the text is gone', () => {
    const { keeper, page, write } = setUp()
    keeper.follow(ann)
    keeper.shown(draft('hi'))
    write('')
    keeper.flush()
    expect(page.saved).to.deep.equal([['ann', undefined]])
  })

  it('takes a draft from the store for news unless it is what is written here', async () => {
    const { keeper, page, write } = setUp()
    keeper.follow(ann)
    expect(keeper.isNews(undefined)).to.equal(false)
    expect(keeper.isNews(draft('elsewhere'))).to.equal(true)
    write('here')
    expect(keeper.isNews(draft('elsewhere')), 'while it is not saved').to.equal(false)
    keeper.flush()
    expect(keeper.isNews(draft('elsewhere')), 'while it is being saved').to.equal(false)
    await page.answers()
    expect(keeper.isNews(draft('here')), 'its own echo').to.equal(false)
    expect(keeper.isNews(draft('elsewhere')), 'a later one').to.equal(true)
    expect(keeper.isNews({ ...draft('here'), mentions: [{ id: '1', name: 'x' }] })).to.equal(true)
    const reference = { messageUId: '1', senderUserId: 'ann' }
    expect(keeper.isNews({ ...draft('here'), reference })).to.equal(true)
  })

  it('is not confused by an answer for a conversation that was left', async () => {
    const { keeper, page, write } = setUp()
    keeper.follow(ann)
    write('to ann')
    keeper.follow(ben)
    await page.answers()
    write('to ben')
    keeper.flush()
    expect(keeper.isNews(draft('elsewhere'))).to.equal(false)
    await page.answers()
    expect(keeper.isNews(draft('elsewhere'))).to.equal(true)
  })

  it('is not confused by one that comes when the conversation is open again', async () => {
    const { keeper, page, write } = setUp()
    keeper.follow(ann)
    write('to ann')
    keeper.follow(ben)
    keeper.follow(ann)
    await page.answers()
    expect(keeper.isNews(draft('to ann'))).to.equal(true)
  })

  it('reports what could not be saved, holds on to it and tries again', async () => {
    const { keeper, page, write } = setUp()
    keeper.follow(ann)
    keeper.shown(draft('old'))
    write('new')
    keeper.flush()
    await page.refuses()
    expect(page.reports).to.have.length(1)
    expect(keeper.isNews(draft('old'))).to.equal(false)
    keeper.flush()
    expect(page.saved).to.deep.equal([
      ['ann', 'new'],
      ['ann', 'new'],
    ])
  })
})
