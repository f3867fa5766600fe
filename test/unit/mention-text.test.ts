import { expect } from '@open-wc/testing'
import { MentionHistory } from '../../components/message-editor/mention-history.js'
import {
  applyEdit,
  editBetween,
  emptyText,
  fromDraft,
  leftover,
  mentionQuery,
  namedIn,
  pieces,
  withMention,
  type MentionText,
} from '../../components/message-editor/mention-text.js'

/** `[name]` is a mention whose id is the name in small letters; `[name|id]` gives another. */
function marked(source: string): MentionText {
  let text = ''
  const mentions = []
  for (const part of source.split(/(\[[^\]]*\])/)) {
    if (!part.startsWith('[')) {
      text += part
      continue
    }
    const [name = '', id = name.toLowerCase()] = part.slice(1, -1).split('|')
    mentions.push({ id, name, start: text.length, end: text.length + name.length + 1 })
    text += `@${name}`
  }
  return { text, mentions }
}

describe('the edit between two texts', () => {
  // The caret is the bar in the second text.
  const cases: [name: string, before: string, after: string, edit: [number, number, string]][] = [
    ['a letter at the end', 'ab', 'abc|', [2, 2, 'c']],
    ['a letter at the start', 'ab', 'c|ab', [0, 0, 'c']],
    ['the first of two equal letters', 'aa', 'a|aa', [0, 0, 'a']],
    ['the last of equal letters', 'aa', 'aaa|', [2, 2, 'a']],
    ['deletion of the first of equal letters', 'aaa', '|aa', [0, 1, '']],
    ['deletion of the last of equal letters', 'aaa', 'aa|', [2, 3, '']],
    ['replacement of a selection', 'one two three', 'one 2| three', [4, 7, '2']],
    ['everything goes', 'abc', '|', [0, 3, '']],
    ['nothing changes', 'abc', 'ab|c', [2, 2, '']],
    ['a caret that does not tell', 'abcdef', '|abXdef', [2, 3, 'X']],
  ]
  for (const [name, before, withCaret, [start, end, inserted]] of cases) {
    it(`is found for: ${name}`, () => {
      const caret = withCaret.indexOf('|')
      const after = withCaret.replace('|', '')
      const edit = editBetween(before, after, caret)
      expect(edit).to.deep.equal({ start, end, inserted })
      expect(applyEdit({ text: before, mentions: [] }, edit).text).to.equal(after)
    })
  }
})

describe('mentions under edits', () => {
  const cases: [
    name: string,
    before: string,
    edit: [start: number, end: number, inserted: string],
    after: string,
    rest?: string,
  ][] = [
    ['text before moves them', 'hi [Bob]', [0, 2, 'hello'], 'hello [Bob]'],
    ['text behind leaves them', '[Bob] hi', [7, 7, '!'], '[Bob] hi!'],
    ['text right before leaves them', 'a[Bob]', [1, 1, 'x'], 'ax[Bob]'],
    ['text right behind leaves them', '[Bob]', [4, 4, 'by'], '[Bob]by'],
    ['text between two', '[Bob] [Al]', [4, 5, ' and '], '[Bob] and [Al]'],
    ['typing into one makes it text', '[Bob] [Al]', [2, 2, 'x'], '@Bxob [Al]'],
    ['deleting its last letter', '[Bob] [Al]', [3, 4, ''], '@Bo [Al]', '@Bo'],
    ['deleting its @', '[Bob] [Al]', [0, 1, ''], 'Bob [Al]', 'Bob'],
    ['deleting the second of equal ones', '[Bob|1] [Bob|2] x', [8, 9, ''], '[Bob|1] @Bo x', '@Bo'],
    ['deleting the whole of it', '[Bob] [Al]', [0, 4, ''], ' [Al]'],
    ['deleting from one into another', '[Bob] [Al] x', [2, 6, ''], '@BAl x', '@BAl'],
    ['deleting more than one', 'a [Bob] b', [1, 7, ''], 'ab'],
    ['replacing a selection over one', 'a [Bob] b', [0, 7, 'x'], 'xb'],
    ['replacing half of one', 'a [Bob] b', [4, 6, 'x'], 'a @Bx b'],
    ['deleting the space behind one', '[Bob] [Al]', [4, 5, ''], '[Bob][Al]'],
  ]
  for (const [name, before, [start, end, inserted], after, rest] of cases) {
    it(name, () => {
      const value = marked(before)
      const edit = { start, end, inserted }
      expect(applyEdit(value, edit)).to.deep.equal(marked(after))
      const range = leftover(value, edit)
      const text = range && applyEdit(value, edit).text.slice(range.start, range.end)
      expect(text).to.equal(rest)
    })
  }

  it('removing what is left over leaves the others what they were', () => {
    const value = marked('[Bob|1] [Bob|2] [Bob|3]')
    const edit = { start: 6, end: 7, inserted: '' }
    const rest = leftover(value, edit)!
    expect(applyEdit(applyEdit(value, edit), { ...rest, inserted: '' })).to.deep.equal(
      marked('[Bob|1]  [Bob|3]'),
    )
  })
})

describe('a new mention', () => {
  it('is added where the name stands, in order', () => {
    const value = { ...marked('@Al and [Bob]') }
    expect(withMention(value, 0, 'al', 'Al')).to.deep.equal(marked('[Al] and [Bob]'))
  })

  it('is not added where something else stands', () => {
    const value = marked('@Al and [Bob]')
    expect(withMention(value, 1, 'al', 'Al')).to.equal(value)
  })
})

describe('what is written behind an @', () => {
  const cases: [source: string, query: string | undefined][] = [
    ['@|', ''],
    ['hi @bo|', 'bo'],
    ['你好@小|', '小'],
    ['(@a|', 'a'],
    ['@Ann Le|', 'Ann Le'],
    ['@bo|b', 'bo'],
    ['|@bob', undefined],
    ['mail me@home|', undefined],
    ['@one\n|', undefined],
    ['none|', undefined],
    ['[Bob]|', undefined],
    ['[Bob] |', undefined],
    ['[Bob] @|', ''],
    [`@${'x'.repeat(60)}|`, undefined],
    ['|', undefined],
  ]
  for (const [source, query] of cases) {
    it(`${source} gives ${query === undefined ? 'nothing' : `"${query}"`}`, () => {
      const value = marked(source.replace('|', ''))
      const caret = marked(source.slice(0, source.indexOf('|'))).text.length
      expect(mentionQuery(value, caret)?.query).to.equal(query)
    })
  }
})

describe('a draft', () => {
  it('brings every mention back to its place, equal names in order', () => {
    const value = marked('[Bob|1], [Bob|2] and [all|] @nobody')
    expect(fromDraft({ text: value.text, mentions: namedIn(value) })).to.deep.equal(value)
  })

  it('from another page may end its lines otherwise', () => {
    const draft = { text: 'a\r\nb @Al\r', mentions: [{ id: 'al', name: 'Al' }] }
    expect(fromDraft(draft)).to.deep.equal(marked('a\nb [Al]\n'))
  })

  it('leaves out a mention whose name is not in the text', () => {
    expect(fromDraft({ text: 'hi @Al', mentions: [{ id: 'x', name: 'Bob' }] })).to.deep.equal({
      text: 'hi @Al',
      mentions: [],
    })
  })
})

describe('the pieces of a text', () => {
  it('are its mentions and what is between them', () => {
    expect(pieces(marked('[Bob], [Al]!'))).to.deep.equal([
      { text: '@Bob', isMention: true },
      { text: ', ', isMention: false },
      { text: '@Al', isMention: true },
      { text: '!', isMention: false },
    ])
    expect(pieces(emptyText)).to.deep.equal([])
  })
})

describe('the history of mentions', () => {
  it('gives back who was meant by a text, and forgets the oldest', () => {
    const history = new MentionHistory()
    history.remember(marked('[Bob|1]'))
    history.remember(marked('plain'))
    expect(history.recall('@Bob')).to.deep.equal(marked('[Bob|1]'))
    expect(history.recall('plain')).to.equal(undefined)
    for (let number = 0; number < 200; number++) history.remember(marked(`[Al] ${number}`))
    expect(history.recall('@Bob')).to.equal(undefined)
  })
})
