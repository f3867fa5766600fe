/** The line a change leaves in a group, the same for every backend. */
import type {
  GroupNotificationContent,
  GroupNotificationData,
  GroupNotificationOperation,
} from '../model/content.js'

export interface GroupNotice {
  groupName: string
  operatorUserId: string
  operation: GroupNotificationOperation
  /** Those who were invited, kicked, … */
  targetUserIds?: readonly string[]
}

/** @param names what users are called, in the order asked for */
export async function noticeContent(
  { groupName, operatorUserId, operation, targetUserIds = [] }: GroupNotice,
  names: (userIds: readonly string[]) => Promise<string[]>,
): Promise<GroupNotificationContent> {
  const [operator = operatorUserId, ...targets] = await names([operatorUserId, ...targetUserIds])
  const data: GroupNotificationData = {
    operatorNickname: operator,
    targetUserIds: [...targetUserIds],
    targetUserDisplayNames: targets,
    targetGroupName: groupName,
  }
  const message = sentences[operation](operator, targets.join(', '), groupName)
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
