import { expect } from '@open-wc/testing'
import { folded, matchIn, searchedTexts } from '../../src/core/message-search-text.js'
import type { MessageContent } from '../../src/model/content.js'
import { MessageType, MessageTypeRegistry } from '../../src/model/message-types.js'

const types = new MessageTypeRegistry()
types.register('app:card', { searchProps: ['title', 'price', 'tags'] })

describe('what is searched of a message', () => {
  const rows: { messageType: string; content: MessageContent; expected: string[] }[] = [
    { messageType: MessageType.TEXT, content: { content: 'Hi' }, expected: ['Hi'] },
    {
      messageType: MessageType.REFERENCE,
      content: { content: 'my reply', referMsg: { content: 'what is quoted' } },
      expected: ['my reply'],
    },
    { messageType: MessageType.FILE, content: { name: 'plan.pdf' }, expected: ['plan.pdf'] },
    { messageType: MessageType.SIGHT, content: { name: 'a.mp4' }, expected: ['a.mp4'] },
    { messageType: MessageType.IMAGE, content: { content: 'aGk=' }, expected: [] },
    { messageType: MessageType.LOCATION, content: { poi: 'Bund' }, expected: ['Bund'] },
    {
      messageType: MessageType.RICH_CONTENT,
      content: { title: 'News', content: 'of today', url: 'https://a' },
      expected: ['News', 'of today'],
    },
    {
      messageType: MessageType.COMBINE,
      content: { title: 'Talk', summaryList: ['Ann: one', 'Ben: two'] },
      expected: ['Talk', 'Ann: one', 'Ben: two'],
    },
    {
      messageType: 'app:card',
      content: { title: 'Tea', price: 12, tags: ['green', 7, null], note: 'not this' },
      expected: ['Tea', '12', 'green', '7'],
    },
    { messageType: MessageType.TEXT, content: { content: { no: 'text' } }, expected: [] },
    { messageType: 'app:unknown', content: { content: 'text' }, expected: [] },
  ]
  for (const { messageType, content, expected } of rows) {
    it(`is ${expected.join(', ') || 'nothing'} of ${messageType}`, () => {
      const texts = searchedTexts({ messageType, content }, types).map(({ text }) => text)
      expect(texts).to.deep.equal(expected)
    })
  }
})

describe('where a keyword stands', () => {
  const rows: { name: string; text: string; keyword: string; at: string | undefined }[] = [
    { name: 'a part of a word', text: 'Tomorrow', keyword: 'morrow', at: 'morrow' },
    { name: 'another case', text: 'Say HELLO', keyword: 'hello', at: 'HELLO' },
    { name: 'full width', text: '价格ＡＢＣ１２３元', keyword: 'abc123', at: 'ＡＢＣ１２３' },
    { name: 'half width kana', text: 'これはﾊﾞｽです', keyword: 'バス', at: 'ﾊﾞｽ' },
    { name: 'a ligature', text: 'the oﬃce', keyword: 'ffi', at: 'ﬃ' },
    { name: 'Chinese', text: '我们明天上午开会', keyword: '明天', at: '明天' },
    { name: 'a composed accent', text: 'un cafe\u0301 noir', keyword: 'café', at: 'cafe\u0301' },
    { name: 'no accent', text: 'un café noir', keyword: 'cafe', at: undefined },
    { name: 'emoji', text: 'fine 👍🏽 so', keyword: '👍🏽', at: '👍🏽' },
    { name: 'what comes behind emoji', text: '👨‍👩‍👧 home', keyword: 'home', at: 'home' },
    {
      name: 'words over a line break',
      text: 'one\r\n\t two',
      keyword: 'one two',
      at: 'one\r\n\t two',
    },
    { name: 'a line break in the keyword', text: 'one two', keyword: 'one\ntwo', at: 'one two' },
    { name: 'a sigma at the end', text: 'ΟΔΟΣ', keyword: 'οδοσ', at: 'ΟΔΟΣ' },
    { name: 'a dotted capital i', text: 'xİy end', keyword: 'end', at: 'end' },
    {
      name: 'special characters',
      text: 'a.*(b)[c]\\^$?',
      keyword: '.*(b)[c]\\^$?',
      at: '.*(b)[c]\\^$?',
    },
    { name: 'markup as text', text: 'a <b>x</b>', keyword: '<b>', at: '<b>' },
    { name: 'a broken character', text: 'a\ud83d b', keyword: 'b', at: 'b' },
    { name: 'other words', text: 'one two', keyword: 'two one', at: undefined },
  ]
  for (const { name, text, keyword, at } of rows) {
    it(`finds ${name}${at === undefined ? ' not' : ''}`, () => {
      const message = { messageType: MessageType.TEXT, content: { content: text } }
      const match = matchIn(message, folded(keyword), types)
      expect(match?.text.slice(match.start, match.end)).to.equal(at)
    })
  }

  it('is the first field that has it', () => {
    const content = { title: 'Talk', summaryList: ['Ann: one', 'Ben: two'] }
    const match = matchIn({ messageType: MessageType.COMBINE, content }, 'two', types)
    expect(match).to.deep.equal({ field: 'summaryList', text: 'Ben: two', start: 5, end: 8 })
  })
})
