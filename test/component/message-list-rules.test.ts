import { expect } from '@open-wc/testing'
import { isFewEmoji } from '../../components/message-list/bubbles/text-bubble.js'
import { combinedEntries } from '../../components/message-list/combined-entries.js'
import { amountOf, sizeOf, thumbnailUrl } from '../../components/message-list/content-fields.js'
import { fileEnding, fileKind } from '../../components/message-list/file-kind.js'
import { listEntries, type MessageLook } from '../../components/message-list/list-entries.js'
import {
  actionsFor,
  recallMilliseconds,
  recallTimeLeft,
  type ActionRules,
} from '../../components/message-list/message-actions.js'
import { pictureSize } from '../../components/message-list/picture-size.js'
import { quotedIn } from '../../components/message-list/quoted.js'
import { tapDetail } from '../../components/message-list/tap-detail.js'
import { needsTimeLine } from '../../components/message-list/time-lines.js'
import { DisabledMessageContextMenu as Disabled } from '../../src/kit/menu-items.js'
import type { CombineContent } from '../../src/model/content.js'
import { ConversationType } from '../../src/model/conversation.js'
import { MessageType } from '../../src/model/message-types.js'
import { messageKey, SentStatus, unsentOrder, type Message } from '../../src/model/message.js'
import { aMessage, anOwnMessage } from '../support/a-message.js'

const minute = 60_000
const noon = new Date(2026, 2, 4, 12).getTime()

describe('time lines', () => {
  const at = (time: number) => ({ sentTime: time })

  it('stand before the first message', () => {
    expect(needsTimeLine(undefined, at(noon))).to.equal(true)
  })

  it('stand between messages five minutes apart, not earlier', () => {
    expect(needsTimeLine(at(noon), at(noon + 5 * minute - 1))).to.equal(false)
    expect(needsTimeLine(at(noon), at(noon + 5 * minute))).to.equal(true)
  })

  it('stand where a day begins', () => {
    const midnight = new Date(2026, 2, 5).getTime()
    expect(needsTimeLine(at(midnight - 1), at(midnight))).to.equal(true)
  })

  it('do not stand where a clock went back', () => {
    expect(needsTimeLine(at(noon), at(noon - 10 * minute))).to.equal(false)
  })
})

describe('listEntries', () => {
  const lookOf = (message: Message): MessageLook =>
    message.messageType === MessageType.TEXT ? 'bubble' : 'notice'
  const shapes = (messages: Message[], firstUnread?: string) =>
    listEntries(messages, { lookOf, firstUnread }).map((entry) =>
      entry.kind === 'message'
        ? `${entry.message.senderUserId}${entry.isFirst ? ' first' : ''}`
        : entry.kind,
    )
  const from = (senderUserId: string, minutes = 0, messageType: string = MessageType.TEXT) =>
    aMessage({ senderUserId, sentTime: noon + minutes * minute, messageType })

  it('gathers consecutive bubbles of one sender', () => {
    const messages = [from('bob'), from('bob', 1), from('carol', 2), from('bob', 3)]
    expect(shapes(messages)).to.deep.equal(['time', 'bob first', 'bob', 'carol first', 'bob first'])
  })

  it('begins a run anew after a notice, a time line and the unread line', () => {
    const notice = from('bob', 1, MessageType.INFORMATION_NOTIFICATION)
    const unread = from('bob', 9)
    const messages = [from('bob'), notice, from('bob', 2), from('bob', 8), unread]
    expect(shapes(messages, messageKey(unread))).to.deep.equal([
      'time',
      'bob first',
      'bob first',
      'bob first',
      'time',
      'bob first',
      'unread',
      'bob first',
    ])
  })

  it('gives every entry a key of its own', () => {
    const messages = [from('bob'), from('bob', 6), from('bob', 12)]
    const entries = listEntries(messages, { lookOf, firstUnread: messageKey(messages[1]!) })
    expect(new Set(entries.map(({ key }) => key)).size).to.equal(entries.length)
  })
})

describe('actionsFor', () => {
  const rules: ActionRules = {
    look: 'bubble',
    disabled: [],
    recallDuration: 120_000,
    now: noon,
    canRecall: true,
    canAskWhoRead: true,
    canEdit: true,
    canReact: true,
  }
  const own = (different: Partial<Message> = {}) =>
    anOwnMessage({ sentTime: noon - minute, ...different })

  const cases: [what: string, message: Message, rules: ActionRules, actions: string][] = [
    ['an own text', own(), rules, 'copy quote forward edit select recall delete'],
    ['a text of others', aMessage(), rules, 'copy quote forward select delete'],
    [
      'an image',
      aMessage({ messageType: MessageType.IMAGE }),
      rules,
      'quote forward select delete',
    ],
    [
      'an own text after two minutes',
      own({ sentTime: noon - 121_000 }),
      rules,
      'copy quote forward edit select delete',
    ],
    [
      'an own text where the backend has neither recall nor edit',
      own(),
      { ...rules, canRecall: false, canEdit: false },
      'copy quote forward select delete',
    ],
    [
      'an own text in a group',
      own({ conversationType: ConversationType.GROUP }),
      rules,
      'copy quote forward edit askWhoRead select recall delete',
    ],
    [
      'one that has been asked for',
      own({
        conversationType: ConversationType.GROUP,
        readReceiptInfo: { isReceiptRequestMessage: true, hasRespond: false, readers: {} },
      }),
      rules,
      'copy quote forward edit select recall delete',
    ],
    [
      'an own picture',
      own({ messageType: MessageType.IMAGE }),
      rules,
      'quote forward select recall delete',
    ],
    [
      'one on its way',
      own({ sentStatus: SentStatus.SENDING, order: unsentOrder(1) }),
      rules,
      'copy delete',
    ],
    [
      'a failed one',
      own({ sentStatus: SentStatus.FAILED, order: unsentOrder(1) }),
      rules,
      'resend copy delete',
    ],
    ['a notice', aMessage(), { ...rules, look: 'notice' }, 'delete'],
    [
      'a text of the system',
      aMessage({ conversationType: ConversationType.SYSTEM }),
      rules,
      'copy forward select delete',
    ],
    [
      'an own text with everything switched off',
      own(),
      {
        ...rules,
        disabled: [
          Disabled.Copy,
          Disabled.Delete,
          Disabled.Forward,
          Disabled.Recall,
          Disabled.Reference,
        ],
      },
      '',
    ],
    [
      'an own text that may not be forwarded',
      own(),
      { ...rules, disabled: [Disabled.Forward] },
      'copy quote edit select recall delete',
    ],
  ]
  for (const [what, message, given, actions] of cases) {
    it(`of ${what}: ${actions || 'none'}`, () => {
      expect(actionsFor(message, given).join(' ')).to.equal(actions)
    })
  }

  it('takes the time of the server for recalling', () => {
    expect(recallTimeLeft(own(), rules)).to.equal(minute)
  })

  it('takes 0 and nonsense for two minutes', () => {
    for (const value of [0, -5, Number.NaN, Infinity]) {
      expect(recallMilliseconds(value)).to.equal(120_000)
    }
    expect(recallMilliseconds(7)).to.equal(7000)
  })
})

describe('contents of other clients', () => {
  it('have no thumbnail unless it is base64', () => {
    const png = 'iVBORw0KGgoAAAANSUhEUg=='
    expect(thumbnailUrl(png)).to.equal(`data:image/png;base64,${png}`)
    expect(thumbnailUrl(`data:image/png;base64,${png}`)).to.equal(`data:image/png;base64,${png}`)
    expect(thumbnailUrl('/9j/4AAQSkZJRgABAQ')).to.match(/^data:image\/jpeg;base64,/)
    for (const hostile of [
      'javascript:alert(1)',
      `${png}" onerror="alert(1)`,
      '<svg onload=alert(1)></svg>',
      'data:text/html;base64,PHNjcmlwdD4=',
      'https://example.org/a.png',
      { toString: () => png },
      null,
      42,
    ]) {
      expect(thumbnailUrl(hostile), String(hostile)).to.equal(undefined)
    }
  })

  it('have no amounts but finite numbers from 0 on', () => {
    expect(amountOf(3.5)).to.equal(3.5)
    for (const value of [-1, Number.NaN, Infinity, '7', null, {}]) {
      expect(amountOf(value)).to.equal(undefined)
    }
    expect(sizeOf({ width: 0, height: 10 })).to.equal(undefined)
    expect(sizeOf({ width: 4, height: 3 })).to.deep.equal({ width: 4, height: 3 })
  })

  it('quote with an object, its JSON text, a bare text or nothing', () => {
    const base = { referMsgUserId: 'bob', objName: MessageType.TEXT, referMsgUid: 'u1' }
    const bodies: [unknown, unknown][] = [
      [{ content: 'hi' }, 'hi'],
      ['{"content":"hi"}', 'hi'],
      ['just words', 'just words'],
      [undefined, undefined],
      ['42', undefined],
    ]
    for (const [referMsg, text] of bodies) {
      expect(quotedIn({ ...base, referMsg }).content.content, JSON.stringify(referMsg)).to.equal(
        text,
      )
    }
    expect(quotedIn(base).reference).to.deep.equal({ messageUId: 'u1', senderUserId: 'bob' })
    expect(quotedIn({ referMsgUserId: 7, referMsgUid: {} }).reference).to.equal(undefined)
  })

  it('combine what are messages and nothing else', () => {
    const content = {
      msgList: [
        null,
        'text',
        {
          fromUserId: 'bob',
          objectName: MessageType.TEXT,
          content: { content: 'a' },
          timestamp: 5,
        },
        { fromUserId: 3, fromUserName: 'Eve', objectName: {}, content: 'x', timestamp: 1e300 },
      ],
    } as unknown as CombineContent
    const entries = combinedEntries(content)
    expect(entries.map(({ name }) => name)).to.deep.equal(['bob', 'Eve'])
    expect(entries[0]!.message.content).to.deep.equal({ content: 'a' })
    expect(() => new Date(entries[1]!.message.sentTime).toISOString()).not.to.throw()
    expect(combinedEntries({ msgList: 'no' } as unknown as CombineContent)).to.deep.equal([])
  })
})

describe('tapDetail', () => {
  const tap = (messageType: string, content: Record<string, unknown>) => {
    const { message: _, ...detail } = tapDetail(
      aMessage({ messageType, content }),
      'https://a.b/c',
    )!
    return detail
  }
  const url = 'https://a.b/c'

  it('is what the documents say, by type', () => {
    expect(tap(MessageType.IMAGE, { content: 'AAAA' })).to.deep.equal({
      type: 'image',
      thumb: 'AAAA',
      url,
    })
    expect(tap(MessageType.FILE, { size: 12, name: 'a.txt', type: 'txt' })).to.deep.equal({
      type: 'file',
      url,
      size: 12,
      name: 'a.txt',
      fileType: 'txt',
    })
    expect(
      tap(MessageType.SIGHT, { content: 'AAAA', duration: 3, size: 9, name: 'v.mp4' }),
    ).to.deep.equal({ type: 'sight', url, thumb: 'AAAA', duration: 3, size: 9, name: 'v.mp4' })
    expect(tap(MessageType.RICH_CONTENT, { title: 'T' })).to.deep.equal({
      type: 'richContent',
      url,
    })
  })

  it('is nothing for a text', () => {
    expect(tapDetail(aMessage(), '')).to.equal(undefined)
  })
})

describe('how things are drawn', () => {
  it('makes up to three emoji alone large', () => {
    for (const text of ['😀', '👍🏽👨‍👩‍👧‍👦', ' 🇩🇪 🎉 ❤️ ', '1️⃣']) {
      expect(isFewEmoji(text), text).to.equal(true)
    }
    for (const text of ['', '  ', '😀😀😀😀', 'ok 👍', '123', '#', '©', 'a']) {
      expect(isFewEmoji(text), text).to.equal(false)
    }
  })

  it('knows files by the end of their names', () => {
    expect(fileKind('Report.PDF')).to.equal('pdf')
    expect(fileKind('a.tar.gz')).to.equal('archive')
    expect(fileKind('.bashrc')).to.equal('other')
    expect(fileKind('noending')).to.equal('other')
    expect(fileKind('x.constructor')).to.equal('other')
    expect(fileEnding('song.mp3')).to.equal('mp3')
    expect(fileEnding('sentence. And more words')).to.equal('')
  })

  it('keeps the proportions of pictures within bounds', () => {
    const ratio = ({ width, height }: { width: number; height: number }) => width / height
    expect(ratio(pictureSize({ width: 4000, height: 3000 }))).to.be.closeTo(4 / 3, 0.01)
    expect(pictureSize({ width: 4000, height: 3000 }).width).to.equal(17.5)
    expect(pictureSize({ width: 160, height: 120 })).to.deep.equal({ width: 10, height: 7.5 })
    expect(pictureSize({ width: 160, height: 120 }, true).width).to.equal(17.5)
    const long = pictureSize({ width: 100, height: 20_000 })
    expect(long).to.deep.equal({ width: 5, height: 20 })
    const tiny = pictureSize({ width: 1, height: 1 })
    expect(tiny).to.deep.equal({ width: 5, height: 3.5 })
  })
})
