import { expect } from '@open-wc/testing'
import { digest } from '../../src/kit/digest.js'
import { en } from '../../src/kit/locales/en.js'
import { zh_CN } from '../../src/kit/locales/zh_CN.js'
import type { MessageContent } from '../../src/model/content.js'
import { MessageType } from '../../src/model/message-types.js'

const names: Record<string, string> = { bob: 'Bob', ann: 'Ann' }
const options = { words: en, nameOf: (id: string) => names[id] ?? id, userId: 'alice' }
const digestOf = (messageType: string, content: MessageContent) =>
  digest({ messageType, content, senderUserId: 'bob' }, options)
const group = (operation: string, operatorUserId: string, data: object = {}) =>
  digestOf(MessageType.GROUP_NOTIFICATION, {
    operation,
    operatorUserId,
    data: JSON.stringify(data),
    message: '',
  })

describe('one line for a message', () => {
  const cases: [type: string, content: MessageContent, line: string][] = [
    [MessageType.TEXT, { content: 'two\n  lines ' }, 'two lines'],
    [MessageType.REFERENCE, { content: 'reply' }, 'reply'],
    [MessageType.IMAGE, {}, '[Image]'],
    [MessageType.FILE, { name: 'a.txt' }, '[File] a.txt'],
    [MessageType.LOCATION, { poi: 'Park' }, '[Location] Park'],
    [MessageType.INFORMATION_NOTIFICATION, { message: 'note' }, 'note'],
    [MessageType.RECALL_NOTIFICATION, { operatorId: 'alice' }, 'You recalled a message'],
    [MessageType.RECALL_NOTIFICATION, { operatorId: 'bob' }, 'Bob recalled a message'],
    ['app:unknown', { content: 'x' }, en.unknownMessage],
    [MessageType.TEXT, { content: { toString: 'evil' } }, en.unknownMessage],
    [MessageType.TEXT, {}, en.unknownMessage],
    [MessageType.FILE, { name: 7 }, '[File]'],
    [
      MessageType.GROUP_NOTIFICATION,
      { operation: 'Create', data: '{' },
      'Unknown user created the group',
    ],
  ]
  for (const [type, content, line] of cases) {
    it(`is "${line}" for ${type}`, () => {
      expect(digestOf(type, content)).to.equal(line)
    })
  }

  it('tells what has happened to a group', () => {
    const targets = { targetUserIds: ['ann', 'alice'] }
    expect(group('Add', 'bob', targets)).to.equal('Bob invited Ann and You')
    expect(group('Add', 'ann', { targetUserIds: ['ann'] })).to.equal('Ann joined the group')
    expect(group('Kicked', 'bob', { targetUserIds: ['ann'] })).to.equal('Bob removed Ann')
    expect(group('Quit', 'ann')).to.equal('Ann left the group')
    expect(group('Rename', 'bob', { targetGroupName: 'G' })).to.contain('“G”')
    expect(group('Dismiss', 'bob')).to.equal('Bob dismissed the group')
  })

  it('takes the name in a notice only for somebody nobody knows', () => {
    const data = { targetUserIds: ['bob', 'new'], targetUserDisplayNames: ['Fake Bob', 'Newt'] }
    expect(group('Kicked', 'ann', data)).to.equal('Ann removed Bob and Newt')
  })

  it('is short, whatever comes, and in the language of the words', () => {
    expect(digestOf(MessageType.TEXT, { content: 'x'.repeat(100_000) })).to.have.length(201)
    const message = { messageType: MessageType.IMAGE, content: {}, senderUserId: 'bob' }
    expect(digest(message, { ...options, words: zh_CN })).to.equal('[图片]')
  })
})
