/** The lines a group's changes leave in it. */
import { ConversationType } from '../../model/conversation.js'
import type {
  GroupNotificationContent,
  GroupNotificationData,
  GroupNotificationOperation,
} from '../../model/content.js'
import { uuidv7 } from '../../model/identity.js'
import { MessageType } from '../../model/message-types.js'
import { appendEntry } from './append.js'
import { groupArchive } from './archive.js'
import type { Service } from './service.js'
import type { GroupRow, LogEntry } from './service-database.js'

export interface GroupNotice {
  group: GroupRow
  operatorUserId: string
  operation: GroupNotificationOperation
  /** Those who were invited, kicked, … */
  targetUserIds?: string[]
}

/** Puts the notice of a change into the group's archive, within the `write` that makes the change. */
export async function appendNotice(service: Service, notice: GroupNotice): Promise<LogEntry> {
  const { group, operatorUserId } = notice
  const now = service.rules.now()
  return appendEntry(service.database, now, {
    archive: groupArchive(group.groupId),
    changesGroup: true,
    message: {
      conversationType: ConversationType.GROUP,
      targetId: group.groupId,
      messageUId: uuidv7(now),
      messageType: MessageType.GROUP_NOTIFICATION,
      content: await noticeContent(service, notice),
      senderUserId: operatorUserId,
      isPersisted: true,
      isCounted: false,
      isStatusMessage: false,
    },
  })
}

async function noticeContent(
  { database, directory }: Service,
  { group, operatorUserId, operation, targetUserIds = [] }: GroupNotice,
): Promise<GroupNotificationContent> {
  const [operator = operatorUserId, ...targets] = await directory.names(database, [
    operatorUserId,
    ...targetUserIds,
  ])
  const data: GroupNotificationData = {
    operatorNickname: operator,
    targetUserIds,
    targetUserDisplayNames: targets,
    targetGroupName: group.name,
  }
  const message = sentences[operation](operator, targets.join(', '), group.name)
  return { operatorUserId, operation, data: JSON.stringify(data), message }
}

/** For clients that have no words of their own. */
const sentences: Record<
  GroupNotificationOperation,
  (operator: string, targets: string, groupName: string) => string
> = {
  Create: (operator, _, groupName) => `${operator} created the group ${groupName}`,
  Add: (operator, targets) => `${operator} invited ${targets}`,
  Quit: (operator) => `${operator} left the group`,
  Kicked: (operator, targets) => `${operator} removed ${targets}`,
  Rename: (operator, _, groupName) => `${operator} changed the group to ${groupName}`,
  Dismiss: (operator) => `${operator} dismissed the group`,
}
