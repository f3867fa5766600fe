/** One line of text for a message: in lists, quotes, notices, and for those who listen. */
import type { GroupNotificationData, MessageContent } from '../model/content.js'
import { MessageType } from '../model/message-types.js'
import type { Words } from './words.js'

/** What a digest is made of: also a quoted or forwarded message, which is no row of its own. */
export interface Digestible {
  messageType: string
  content: MessageContent
  senderUserId: string
}

export interface DigestOptions {
  words: Words
  /** The name shown for a user's id. */
  nameOf: (userId: string) => string
  /** The user of this page: `you`, not their name. */
  userId?: string
}

/** Characters of text in a digest: it stands on one line. */
const longest = 200

/** Whatever the content holds, this gives text and does not throw. */
export function digest(message: Digestible, options: DigestOptions): string {
  return oneLine(digestOf(message, options)) || options.words.unknownMessage
}

function digestOf(message: Digestible, options: DigestOptions): string {
  const { messageType, content } = message
  const { words } = options
  switch (messageType) {
    case MessageType.TEXT:
    case MessageType.REFERENCE:
      return text(content.content)
    case MessageType.IMAGE:
      return words.image
    case MessageType.GIF:
      return words.gif
    case MessageType.SIGHT:
      return words.video
    case MessageType.VOICE:
    case MessageType.HQ_VOICE:
      return words.voice
    case MessageType.FILE:
      return labelled(words.file, content.name)
    case MessageType.LOCATION:
      return labelled(words.location, content.poi)
    case MessageType.RICH_CONTENT:
      return labelled(words.richContent, content.title)
    case MessageType.COMBINE:
      return labelled(words.chatHistory, content.title)
    case MessageType.INFORMATION_NOTIFICATION:
      return text(content.message)
    case MessageType.GROUP_NOTIFICATION:
      return groupNotice(content, options)
    case MessageType.RECALL_NOTIFICATION:
      return recallNotice(message, options)
    default:
      return words.unknownMessage
  }
}

function recallNotice({ content, senderUserId }: Digestible, options: DigestOptions): string {
  const { words, userId } = options
  const operator = text(content.operatorId) || senderUserId
  if (operator === userId) return words.youRecalled
  const name = nameOf(operator, options)
  return content.admin === true ? words.adminRecalled(name) : words.otherRecalled(name)
}

function groupNotice(content: MessageContent, options: DigestOptions): string {
  const { words } = options
  const data = groupData(content.data)
  const operatorId = text(content.operatorUserId)
  const operator = nameOf(operatorId, options, data.operatorNickname)
  const targets = ids(data.targetUserIds).map((id, index) =>
    nameOf(id, options, ids(data.targetUserDisplayNames)[index]),
  )
  const groupName = text(data.targetGroupName)
  switch (content.operation) {
    case 'Create':
      return words.groupCreated(operator, groupName)
    case 'Add': {
      const isJoining = targets.length === 1 && data.targetUserIds?.[0] === operatorId
      return isJoining ? words.groupJoined(targets) : words.groupInvited(operator, targets)
    }
    case 'Quit':
      return words.groupLeft(targets.length ? targets : [operator])
    case 'Kicked':
      return words.groupRemoved(operator, targets)
    case 'Rename':
      return words.groupRenamed(operator, groupName)
    case 'Dismiss':
      return words.groupDismissed(operator)
    default:
      return text(content.message)
  }
}

function groupData(json: unknown): GroupNotificationData {
  try {
    const data: unknown = typeof json === 'string' ? JSON.parse(json) : json
    return typeof data === 'object' && data !== null ? data : {}
  } catch {
    return {}
  }
}

/** The name as it is known here; as the sender wrote it only while the id is all there is. */
function nameOf(userId: string, options: DigestOptions, written?: string): string {
  if (!userId) return text(written) || options.words.unknownUser
  if (userId === options.userId) return options.words.you
  const known = options.nameOf(userId)
  return known === userId ? text(written) || known : known
}

function labelled(label: string, detail: unknown): string {
  const line = oneLine(text(detail))
  return line ? `${label} ${line}` : label
}

function text(value: unknown): string {
  return typeof value === 'string' ? value : ''
}

function ids(value: unknown): string[] {
  return Array.isArray(value) ? value.map(text) : []
}

function oneLine(value: string): string {
  const line = value
    .slice(0, longest * 2)
    .replace(/\s+/g, ' ')
    .trim()
  if (line.length <= longest) return line
  return `${Array.from(line).slice(0, longest).join('')}…`
}
