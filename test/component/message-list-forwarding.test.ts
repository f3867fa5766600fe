import { expect } from '@open-wc/testing'
import type { IMForwardDialog } from '../../components/im-forward-dialog/im-forward-dialog.js'
import type { ForwardList } from '../../components/message-list/forwarding.js'
import type { ConversationId } from '../../src/model/conversation.js'
import { MessageType } from '../../src/model/message-types.js'
import type { Message } from '../../src/model/message.js'
import {
  announced,
  chooseItem,
  closeLists,
  inside,
  openList,
  openMenu,
  redDot,
  rowWith,
  send,
  until,
  lastRow,
} from '../support/message-list-page.js'
import { say, twoPeople, withAlice, withBob, type People } from '../support/two-people.js'

describe('forwarding from <message-list>', () => {
  let people: People
  let reports: string[]

  beforeEach(async () => {
    people = await twoPeople()
    reports = []
    people.alice.kit.on('error', ({ error }) => reports.push(String(error)))
  })

  afterEach(async () => {
    closeLists()
    await people.end()
  })

  const to = (targetId: string): ConversationId => ({ ...withBob, targetId })
  const forward = async (forwardList: ForwardList | undefined, words = 'pass it on') => {
    await say(people.bob, withAlice, words)
    const list = openList(people.alice, withBob, forwardList ? { forwardList } : {})
    await openMenu(list, await rowWith(list, words))
    chooseItem(list, 'Forward')
    return list
  }
  const messagesIn = async (conversation: ConversationId): Promise<Message[]> =>
    (await people.alice.kit.client!.reader.history(conversation, { count: 20 })).messages
  const told = (list: Element) => inside(list, '[part=told]')?.textContent

  it('goes where the host says, at once or later', async () => {
    const asked: string[] = []
    const list = await forward({
      callback: async (message, messages) => {
        asked.push(message.content.content as string, String(messages.length))
        return [to('carol'), to('dave')]
      },
    })
    await until(() => told(list) === 'Forwarded')
    expect(asked).to.deep.equal(['pass it on', '1'])
    for (const name of ['carol', 'dave']) {
      expect((await messagesIn(to(name))).map(({ content }) => content.content)).to.deep.equal([
        'pass it on',
      ])
    }
  })

  it('takes any type that can be sent', async () => {
    const body = { content: redDot, imageUri: 'https://example.org/a.png', width: 4, height: 2 }
    await send(people.bob, withAlice, MessageType.IMAGE, body)
    const list = openList(people.alice, withBob, {
      forwardList: { callback: () => [to('carol')] },
    })
    await openMenu(list, await lastRow(list, MessageType.IMAGE))
    chooseItem(list, 'Forward')
    await until(async () => (await messagesIn(to('carol'))).length === 1)
    expect((await messagesIn(to('carol')))[0]!.content).to.deep.equal(body)
  })

  it('sends nothing to more than five, and says so', async () => {
    const list = await forward({
      callback: () => ['a', 'b', 'c', 'd', 'e', 'f'].map(to),
    })
    await until(() => told(list) === 'Forward to at most 5 conversations at once')
    expect(announced()).to.contain('at most 5')
    expect(reports.join()).to.contain('forwardList gave 6 conversations')
    expect(await messagesIn(to('a'))).to.deep.equal([])
  })

  it('sends nothing when the host chooses nothing', async () => {
    let isAsked = false
    const list = await forward({
      callback: () => {
        isAsked = true
        return []
      },
    })
    await until(() => isAsked)
    await list.updateComplete
    expect(told(list)).to.equal(undefined)
    expect(reports).to.deep.equal([])
  })

  const nonsense: [what: string, callback: () => unknown][] = [
    [
      'throws',
      () => {
        throw new Error('no')
      },
    ],
    ['rejects', () => Promise.reject(new Error('no'))],
    ['gives no array', () => 'carol'],
    ['gives what is no conversation', () => [{ targetId: 7 }]],
  ]
  for (const [what, callback] of nonsense) {
    it(`goes on when the host’s callback ${what}, and reports it`, async () => {
      const list = await forward({ callback } as ForwardList)
      await until(() => reports.length > 0)
      await until(() => told(list) !== undefined)
    })
  }

  describe('without a way of the host’s', () => {
    const dialogOf = (list: Element) => inside<IMForwardDialog>(list, 'im-forward-dialog')!
    const boxes = (list: Element) => [
      ...(dialogOf(list).shadowRoot?.querySelectorAll<HTMLInputElement>('[type=checkbox]') ?? []),
    ]

    it('asks the user for conversations', async () => {
      for (const name of ['carol', 'dave']) await say(people.alice, to(name), 'hi')
      const list = await forward(undefined)
      await until(() => boxes(list).length === 3)
      const carol = () =>
        boxes(list).find((box) => box.closest('label')!.textContent!.includes('Carol'))
      await until(carol, 'her name')
      carol()!.click()
      await dialogOf(list).updateComplete
      inside(dialogOf(list), '[part=forward]')!.click()
      await until(() => told(list) === 'Forwarded')
      const last = (await messagesIn(to('carol'))).at(-1)!
      expect(last.content.content).to.equal('pass it on')
    })

    it('sends nothing when the user cancels', async () => {
      const list = await forward(undefined)
      await until(() => boxes(list).length === 1)
      inside(dialogOf(list), '[part=cancel]')!.click()
      await until(() => boxes(list).length === 0)
      expect(told(list)).to.equal(undefined)
      expect(reports).to.deep.equal([])
    })
  })
})
