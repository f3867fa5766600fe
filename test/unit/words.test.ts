import { expect } from '@open-wc/testing'
import { effect } from '@preact/signals-core'
import { LanguageChoice, Languages, type ChoiceStorage } from '../../src/kit/languages.js'
import { en } from '../../src/kit/locales/en.js'
import { zh_CN } from '../../src/kit/locales/zh_CN.js'
import type { Words } from '../../src/kit/words.js'
import { ErrorCode } from '../../src/model/errors.js'

class FakeStorage implements ChoiceStorage {
  readonly items = new Map<string, string>()
  getItem = (key: string) => this.items.get(key) ?? null
  setItem = (key: string, value: string) => void this.items.set(key, value)
}

const refusing: ChoiceStorage = {
  getItem: () => {
    throw new DOMException('denied', 'SecurityError')
  },
  setItem: () => {
    throw new DOMException('denied', 'SecurityError')
  },
}

describe('languages', () => {
  it('has every word in both, and none empty', () => {
    expect(Object.keys(en).sort()).to.deep.equal(Object.keys(zh_CN).sort())
    for (const words of [en, zh_CN]) {
      for (const [name, word] of Object.entries(words)) {
        expect(typeof word, name).to.be.oneOf(['string', 'function'])
        if (typeof word === 'string') expect(word, name).not.to.equal('')
      }
    }
  })

  it('speaks Chinese in Chinese and English in English', () => {
    const sample = ({ send, delete: remove, noMessages }: Words) =>
      `${send} ${remove} ${noMessages}`
    expect(sample(zh_CN)).to.match(/^[\u4e00-\u9fff ]+$/)
    expect(sample(en)).to.match(/^[\x20-\x7e]+$/)
  })

  const plurals: [text: string, expected: string][] = [
    [en.unreadCount(1), '1 unread message'],
    [en.unreadCount(2), '2 unread messages'],
    [en.unreadCount(1234), '1,234 unread messages'],
    [en.newMessages(1), '1 new message'],
    [en.memberCount(0), '0 members'],
    [en.seconds(1), '1 second'],
    [en.typing(['Ann']), 'Ann is typing…'],
    [en.typing(['Ann', 'Ben']), 'Ann and Ben are typing…'],
    [en.typing([]), 'Typing…'],
    [en.list(['Ann', 'Ben', 'Cem']), 'Ann, Ben, and Cem'],
    [zh_CN.unreadCount(1), '1 条未读消息'],
    [zh_CN.list(['甲', '乙', '丙']), '甲、乙、丙'],
    [zh_CN.typing([]), '对方正在输入…'],
  ]
  for (const [text, expected] of plurals) {
    it(`says "${expected}"`, () => {
      expect(text).to.equal(expected)
    })
  }

  const sizes: [bytes: number, expected: string][] = [
    [0, '0 bytes'],
    [1, '1 byte'],
    [1023, '1,023 bytes'],
    [1024, '1 kB'],
    [1536, '1.5 kB'],
    [1024 * 1024 - 1, '1 MB'],
    [100 * 1024 * 1024, '100 MB'],
    [3 * 1024 ** 3, '3 GB'],
    [-1, '0 bytes'],
    [NaN, '0 bytes'],
  ]
  for (const [bytes, expected] of sizes) {
    it(`writes ${bytes} bytes as ${expected}`, () => {
      expect(en.fileSize(bytes)).to.equal(expected)
    })
  }

  it('explains an error by its code, and an unknown one by its number', () => {
    expect(en.error(ErrorCode.NOT_IN_GROUP)).to.equal('You are not a member of this group.')
    expect(en.error(99999)).to.contain('99999')
    expect(zh_CN.error(99999)).to.contain('99999')
  })
})

describe('the choice of a language', () => {
  it('begins with Chinese and takes one there are no words for as Chinese', () => {
    const choice = new LanguageChoice(new FakeStorage())
    expect(choice.words.value).to.equal(zh_CN)
    expect(choice.change('en')).to.equal('en')
    expect(choice.words.value).to.equal(en)
    expect(choice.change('tlh')).to.equal('zh_CN')
    expect(choice.change(Languages.ZH_TW)).to.equal('zh_CN')
    expect(choice.change(undefined as never)).to.equal('zh_CN')
    expect(choice.change('constructor')).to.equal('zh_CN')
    expect(choice.words.value).to.equal(zh_CN)
  })

  it('is remembered under its key, and goes before what the host prefers', () => {
    const storage = new FakeStorage()
    const choice = new LanguageChoice(storage)
    choice.restore('one', 'en')
    expect(choice.lang.value).to.equal('en')
    choice.change('zh_CN')
    const later = new LanguageChoice(storage)
    later.restore('one', 'en')
    expect(later.lang.value).to.equal('zh_CN')
    const other = new LanguageChoice(storage)
    other.restore('two', 'en')
    expect(other.lang.value).to.equal('en')
  })

  it('does without a storage that refuses', () => {
    const choice = new LanguageChoice(refusing)
    choice.restore('key', 'en')
    expect(choice.change('en')).to.equal('en')
  })

  it('takes other words and other languages from the host, at any time', () => {
    const choice = new LanguageChoice(new FakeStorage())
    const drawn: string[] = []
    const stop = effect(() => void drawn.push(choice.words.value.send))
    choice.register('zh_CN', { send: '发出' })
    choice.register('fr', { send: 'Envoyer', locale: 'fr' })
    choice.register('zh_TW', { send: '傳送' })
    choice.change('fr')
    expect(choice.words.value.cancel).to.equal(en.cancel)
    choice.change('zh_TW')
    expect(choice.words.value.cancel).to.equal(zh_CN.cancel)
    stop()
    expect(drawn).to.deep.equal(['发送', '发出', 'Envoyer', '傳送'])
  })

  it('is waited for by a language that comes later', () => {
    const storage = new FakeStorage()
    storage.setItem('key', 'fr')
    const choice = new LanguageChoice(storage)
    choice.restore('key')
    expect(choice.lang.value).to.equal('zh_CN')
    choice.register('fr', { send: 'Envoyer' })
    expect(choice.words.value.send).to.equal('Envoyer')
  })
})
