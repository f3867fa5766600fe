import { expect } from '@open-wc/testing'
import type { StatusMessage } from '../../src/backends/backend.js'
import { Emitter } from '../../src/core/events.js'
import type { IMClientEvents } from '../../src/core/client-events.js'
import type { Scope } from '../../src/core/scope.js'
import { TypingStatus } from '../../src/core/typing.js'
import { MessageType } from '../../src/model/message-types.js'
import { archived, said, team, withBob } from '../support/archived-messages.js'
import { ManualTimers } from '../support/manual-timers.js'

describe('typing', () => {
  function setUp({ capabilities = ['statusMessages'] } = {}) {
    let now = 1_000_000
    const sent: string[] = []
    const timers = new ManualTimers()
    const events = new Emitter<IMClientEvents>((error) => {
      throw error
    })
    const session = {
      capabilities: new Set(capabilities),
      send: ({ content }: StatusMessage) => {
        sent.push(content.typingContentType)
        return Promise.reject(new Error('nobody hears it'))
      },
    }
    const scope = {
      userId: 'alice',
      events,
      schedule: timers.schedule,
      now: () => now,
      session: () => session,
    } as unknown as Scope
    const typing = new TypingStatus(scope)
    const told: string[][] = []
    events.on('typing', ({ list }) => told.push(list.map(({ userId }) => userId)))
    return { typing, timers, sent, told, events, pass: (ms: number) => (now += ms) }
  }

  const notice = (senderUserId: string, type: unknown = 'RC:TxtMsg'): StatusMessage =>
    archived(1, MessageType.TYPING, { typingContentType: type }, { ...team, senderUserId })

  it('is sent at most once in five seconds for each conversation', () => {
    const { typing, sent, pass } = setUp()
    typing.send(withBob, 'first')
    typing.send(withBob, 'too soon')
    typing.send(team, 'elsewhere')
    pass(4999)
    typing.send(withBob, 'still too soon')
    pass(1)
    typing.send(withBob, 'second')
    expect(sent).to.deep.equal(['first', 'elsewhere', 'second'])
  })

  it('is news again after a message was sent', () => {
    const { typing, sent } = setUp()
    typing.send(withBob, 'first')
    typing.sent(withBob)
    typing.send(withBob, 'second')
    expect(sent).to.deep.equal(['first', 'second'])
  })

  it('is not sent where the backend has no such messages', () => {
    const { typing, sent } = setUp({ capabilities: [] })
    typing.send(withBob, 'nothing')
    expect(sent).to.deep.equal([])
  })

  it('lists everybody who types, until six seconds without news', () => {
    const { typing, timers, told } = setUp()
    typing.received(notice('bob'))
    typing.received(notice('carol'))
    typing.received(notice('bob'))
    expect(timers.pending).to.deep.equal([6000, 6000])
    expect(typing.list(team).map(({ userId }) => userId)).to.deep.equal(['bob', 'carol'])
    timers.runAll()
    expect(typing.list(team)).to.deep.equal([])
    expect(told.at(-1)).to.deep.equal([])
  })

  it('ends with the message', () => {
    const { typing, timers, events } = setUp()
    typing.received(notice('bob'))
    const message = { ...said(2, team) } as never
    events.emit('messages', { messages: [message] })
    expect(typing.list(team)).to.deep.equal([])
    expect(timers.pending).to.deep.equal([])
  })

  it('ignores what this user types on another device, and takes any content', () => {
    const { typing, told } = setUp()
    typing.received(notice('alice'))
    expect(told).to.deep.equal([])
    typing.received(notice('bob', undefined))
    typing.received(notice('carol', { x: 1 }))
    expect(typing.list(team).map(({ messageType }) => messageType)).to.deep.equal([
      'RC:TxtMsg',
      'RC:TxtMsg',
    ])
  })

  it('leaves no timer behind', () => {
    const { typing, timers, told } = setUp()
    typing.received(notice('bob'))
    typing.close()
    expect(timers.pending).to.deep.equal([])
    expect(told.length).to.equal(1)
  })
})
