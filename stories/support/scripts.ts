/** Pasts that several stories share. */
import type { ConversationId } from '../../src/model/conversation.js'
import type { Message } from '../../src/model/message.js'
import { cast, chatWith, me } from './cast.js'
import { mention } from './contents.js'
import type { Stage } from './stage.js'
import { day, hour, minute } from './story-clock.js'

/** A week of a person with friends, colleagues and a group. */
export async function dailyLife(stage: Stage): Promise<void> {
  const [lin, ana, ben, mei, noor] = await Promise.all(
    [me, 'ana', 'ben', 'mei', 'noor'].map((id) => stage.actor(id)),
  )
  stage.clock.setBack(9 * day)
  await noor!.says(chatWith(me), 'صباح الخير! هل وصلت الرسالة؟')
  await lin!.says(chatWith('noor'), 'نعم، شكرًا 🙏')
  stage.clock.setBack(3 * day)
  await mei!.says(chatWith(me), '周末的照片我已经整理好了。')
  await mei!.says(chatWith(me), '你什么时候有空来看看？')
  stage.clock.setBack(day + 3 * hour)
  await ben!.says(chatWith(me), 'The contract is signed. Thank you for your help!')
  stage.clock.setBack(90 * minute)
  const crew = await stage.group('Harbour festival crew', 'ana', me, 'ben', 'mei')
  await mei!.says(crew, '海报已经印好了 🎉')
  await ben!.says(crew, 'I can pick them up at four.')
  stage.clock.setBack(12 * minute)
  await ana!.says(chatWith(me), 'Shall we meet at the pier?')
  await lin!.says(chatWith('ana'), '好的，五点见')

  await stage.enter()
  for (const id of ['ana', 'ben', 'noor']) await stage.kit.clearMessagesUnreadStatus(chatWith(id))
}

/** Two people over an afternoon; the conversation is open. */
export async function shortConversation(stage: Stage): Promise<void> {
  const [ana, lin] = await Promise.all([stage.actor('ana'), stage.actor(me)])
  stage.clock.setBack(day + 2 * hour)
  await ana.says(chatWith(me), 'Hello! Are you coming to the harbour festival tomorrow?')
  await lin.says(chatWith('ana'), '当然！几点开始？')
  stage.clock.setBack(50 * minute)
  await ana.says(chatWith(me), 'The band starts at six, the boats leave at half past seven.')
  await ana.says(chatWith(me), 'I have a spare ticket ⛵')
  const last = await lin.says(chatWith('ana'), '太好了，给我留一张')
  stage.clock.setBack(12 * minute)
  await ana.says(chatWith(me), 'Shall we meet at the pier?')
  await ana.reads(chatWith(me), last)
  await lin.says(chatWith('ana'), '好的，五点见')
  await stage.enter()
  await stage.kit.clearMessagesUnreadStatus(chatWith('ana'))
  stage.kit.selectConversation(chatWith('ana'))
}

/** More than fits into a window or comes with one page; the conversation is open. */
export async function longConversation(stage: Stage): Promise<void> {
  const [ana, lin] = await Promise.all([stage.actor('ana'), stage.actor(me)])
  stage.clock.setBack(2 * hour)
  for (let turn = 1; turn <= 40; turn += 1) {
    await ana.says(chatWith(me), `Box ${turn} of 40 is packed.`)
    await lin.says(chatWith('ana'), turn % 5 ? '收到' : `收到，还剩 ${40 - turn} 箱`)
  }
  await stage.enter()
  await stage.kit.clearMessagesUnreadStatus(chatWith('ana'))
  stage.kit.selectConversation(chatWith('ana'))
}

/** A group of five in which something is being prepared; it is open. */
export async function groupConversation(stage: Stage): Promise<void> {
  const [ana, ben, karl, lin] = await Promise.all(
    ['ana', 'ben', 'karl', me].map((id) => stage.actor(id)),
  )
  stage.clock.setBack(20 * minute)
  const crew = await stage.group('Harbour festival crew', 'ana', me, 'ben', 'karl', 'mei')
  await ana!.says(crew, 'The stage is up!')
  await ana!.says(crew, 'Sound check at five.')
  await ben!.says(crew, mention('@所有人 please bring your passes'), { isMentioned: true })
  await lin!.says(crew, '好的')
  stage.clock.setBack(6 * minute)
  await karl!.says(crew, 'I am stuck at the bridge. Start without me.')
  const answer = mention('@Karl-Friedrich 没关系，慢慢来', 'karl')
  await lin!.says(crew, answer, { isMentioned: true })
  await stage.enter()
  await stage.kit.clearMessagesUnreadStatus(crew)
  stage.kit.selectConversation(crew)
}

/** Sends messages on as one, with the names and first lines that the message list gives it. */
export async function sendAsOne(
  { kit }: Stage,
  messages: readonly Message[],
  to: ConversationId,
): Promise<void> {
  await kit.forward(messages, [to], {
    isMerged: true,
    nameOf: (userId) => cast.find(({ id }) => id === userId)?.name ?? userId,
    digestOf: (message) => kit.digest(message),
  })
}
