/** Messages to measure with: what people write, in two scripts, the same in every run. */
import { ConversationType, type ConversationId } from '../../src/model/conversation.js'
import { MessageType } from '../../src/model/message-types.js'
import type { ArchivedMessage } from '../../src/model/message.js'
import type { Batch } from '../../src/backends/backend.js'

const latin =
  'the quick brown fox jumps over a lazy dog while we talk about the meeting tomorrow and who brings coffee to the office before lunch because nobody remembers the release notes'.split(
    ' ',
  )
const chinese =
  '我们明天上午十点在公司开会请大家带上上周的报告和测试结果谢谢你的帮助晚上一起吃饭吧天气很好'

const oneOf = <Value>(list: ArrayLike<Value>, number: number): Value => list[number % list.length]!

/** Text number `index`: every other one Chinese. Numbers 0, 10,000, 20,000 … have a word nobody else has. */
export function textOf(index: number): string {
  let seed = (index * 2_654_435_761) >>> 0
  const next = () => (seed = (seed * 1_664_525 + 1_013_904_223) >>> 0) >>> 8
  const rare = index % 10_000 === 0 ? ' zyzzyva 麒麟' : ''
  if (index % 2) {
    return Array.from({ length: 12 + (next() % 20) }, () => oneOf(chinese, next())).join('') + rare
  }
  return Array.from({ length: 6 + (next() % 8) }, () => oneOf(latin, next())).join(' ') + rare
}

export function groupNumber(number: number): ConversationId {
  return { conversationType: ConversationType.GROUP, targetId: `group-${number}` }
}

/** @param place in the archive; the time as well */
export function message(place: number, group: number): ArchivedMessage {
  return {
    ...groupNumber(group),
    messageUId: `0190-${String(place).padStart(12, '0')}`,
    messageType: MessageType.TEXT,
    content: { content: textOf(place) },
    senderUserId: `user-${place % 20}`,
    isPersisted: true,
    isCounted: true,
    isStatusMessage: false,
    order: String(place).padStart(16, '0'),
    sentTime: 1_700_000_000_000 + place * 1000,
  }
}

/** Messages from one place on, in turn to some groups, as batches. */
export function batches({ from, count, groups, firstGroup = 0, size }: Run): Partial<Batch>[] {
  return Array.from({ length: Math.ceil(count / size) }, (_, batch) => ({
    messages: Array.from({ length: Math.min(size, count - batch * size) }, (_, index) => {
      const place = from + batch * size + index
      return message(place, firstGroup + (place % groups))
    }),
  }))
}

export interface Run {
  from: number
  count: number
  groups: number
  firstGroup?: number
  /** messages a batch */
  size: number
}
