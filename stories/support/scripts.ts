/** Pasts that several stories share. */
import { chatWith, me } from './cast.js'
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
  await stage.kit.clearMessagesUnreadStatus(chatWith('ben'))
}
