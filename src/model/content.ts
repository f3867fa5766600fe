/** The bodies of the built-in message types. Field names are the documents'. */

/** The sender's card that any content may carry. */
export interface ContentUser {
  id: string
  name?: string
  portraitUri?: string
  portrait?: string
  alias?: string
  extra?: string
}

export enum MentionedType {
  ALL = 1,
  /** Spelled so in the documents. */
  SINGAL = 2,
}

export interface MentionedInfo {
  type: MentionedType
  userIdList?: string[]
  mentionedContent?: string
}

/** Any content: its own fields and these three. */
export interface MessageContent {
  user?: ContentUser
  extra?: string
  mentionedInfo?: MentionedInfo
  // eslint-disable-next-line @typescript-eslint/no-explicit-any -- custom types bring any fields
  [field: string]: any
}

export interface TextContent extends MessageContent {
  content: string
}

export interface ImageContent extends MessageContent {
  /** base64 thumbnail without a `data:` prefix */
  content: string
  imageUri: string
  /** Natural size in pixels; lets a list keep the room before the image is loaded. */
  width?: number
  height?: number
}

export interface FileContent extends MessageContent {
  name: string
  /** bytes */
  size: number
  type: string
  fileUrl: string
}

export interface HQVoiceContent extends MessageContent {
  remoteUrl: string
  /** seconds */
  duration: number
  type?: string
}

export interface SightContent extends MessageContent {
  sightUrl: string
  /** base64 of the first frame, without a `data:` prefix */
  content: string
  /** seconds */
  duration: number
  /** bytes */
  size: number
  name: string
}

export interface GIFContent extends MessageContent {
  remoteUrl: string
  /** bytes */
  gifDataSize: number
  width: number
  height: number
}

export interface ReferenceContent extends MessageContent {
  /** the reply */
  content: string
  /** who wrote what is quoted */
  referMsgUserId: string
  /** the quoted body */
  referMsg: MessageContent
  /** the quoted message's id */
  referMsgUid?: string
  /** the quoted message's type */
  objName: string
}

export interface LocationContent extends MessageContent {
  longitude: number
  latitude: number
  poi: string
  /** base64 thumbnail */
  content: string
}

export interface RichContentContent extends MessageContent {
  title: string
  content: string
  imageUri: string
  url: string
}

export interface InformationNotificationContent extends MessageContent {
  message: string
}

export interface CommandContent extends MessageContent {
  name: string
  data: string
}

export interface GroupNotificationContent extends MessageContent {
  operatorUserId: string
  operation: GroupNotificationOperation | (string & {})
  /** JSON text of `GroupNotificationData` */
  data: string
  message: string
}

/** What a group notice tells. */
export type GroupNotificationOperation = 'Create' | 'Add' | 'Quit' | 'Kicked' | 'Rename' | 'Dismiss'

export interface GroupNotificationData {
  operatorNickname?: string
  targetUserIds?: string[]
  targetUserDisplayNames?: string[]
  targetGroupName?: string
}

/** Several messages forwarded as one. */
export interface CombineContent extends MessageContent {
  title?: string
  /** conversation type the messages come from */
  conversationType: number
  nameList: string[]
  /** digest lines, one a message, at most four */
  summaryList: string[]
  msgList: CombinedMessage[]
  msgNum: number
}

export interface CombinedMessage {
  fromUserId: string
  fromUserName: string
  targetId: string
  timestamp: number
  objectName: string
  content: MessageContent
}

/** What a recalled message turns into, in place. */
export interface RecallNotificationContent extends MessageContent {
  operatorId: string
  /** sentTime of what was recalled */
  recallTime: number
  originalObjectName: string
  /** The own text, kept on the devices of its author so that it can be edited again. */
  recallContent?: string
  recallActionTime: number
  admin: boolean
  delete: boolean
}
