/** Which messages somebody who is not looking is told about. Pure. */
import { MentionedType } from '../../model/content.js'
import { isMuted, NotificationLevel } from '../../model/conversation.js'
import { isOwn, type Message } from '../../model/message.js'

/**
 * Those that came live from others and count as unread, unless their sender or the conversation's
 * level keeps them quiet. What came by catching up is in the lists; nobody wants a hundred notes.
 */
export function isWorthTelling(
  message: Message,
  level: NotificationLevel,
  userId: string,
): boolean {
  if (isOwn(message) || message.isOffLineMessage) return false
  if (!message.isCounted || message.disableNotification) return false
  return !isMuted(level) || comesThrough(message, level, userId)
}

/** A muted conversation may let mentions through: which, its level says. */
function comesThrough(message: Message, level: NotificationLevel, userId: string): boolean {
  const mention = message.isMentioned ? message.content.mentionedInfo : undefined
  const isForAll = mention?.type === MentionedType.ALL
  const isForUser =
    !isForAll && Array.isArray(mention?.userIdList) && mention.userIdList.includes(userId)
  switch (level) {
    case NotificationLevel.AT_MESSAGE_NOTIFICATION:
      return isForAll || isForUser
    case NotificationLevel.AT_USER_NOTIFICATION:
      return isForUser
    case NotificationLevel.AT_GROUP_ALL_USER_NOTIFICATION:
      return isForAll
    default:
      return false
  }
}
