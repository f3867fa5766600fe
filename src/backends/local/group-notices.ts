/** The lines a group's changes leave in it. */
import { ConversationType } from '../../model/conversation.js'
import { uuidv7 } from '../../model/identity.js'
import { MessageType } from '../../model/message-types.js'
import { noticeContent, type GroupNotice } from '../group-notice.js'
import { appendEntry } from './append.js'
import { groupArchive } from './archive.js'
import type { Service } from './service.js'
import type { GroupRow, LogEntry } from './service-database.js'

export interface NoticeInGroup extends Omit<GroupNotice, 'groupName'> {
  group: GroupRow
}

/** Puts the notice of a change into the group's archive, within the `write` that makes the change. */
export async function appendNotice(service: Service, notice: NoticeInGroup): Promise<LogEntry> {
  const { group, operatorUserId } = notice
  const { database, directory } = service
  const now = service.rules.now()
  return appendEntry(database, now, {
    archive: groupArchive(group.groupId),
    changesGroup: true,
    message: {
      conversationType: ConversationType.GROUP,
      targetId: group.groupId,
      messageUId: uuidv7(now),
      messageType: MessageType.GROUP_NOTIFICATION,
      content: await noticeContent({ ...notice, groupName: group.name }, (userIds) =>
        directory.names(database, userIds),
      ),
      senderUserId: operatorUserId,
      isPersisted: true,
      isCounted: false,
      isStatusMessage: false,
    },
  })
}
