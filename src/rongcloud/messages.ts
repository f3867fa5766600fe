/** The constructors of messages: `new RongIMLib.TextMessage({ content: 'hi' })`. */
import { MessageType as modelTypes, MessageTypeRegistry } from '../model/message-types.js'
import type { BaseMessage as Sendable } from '../model/message-types.js'
import type {
  CombineContent,
  CommandContent,
  FileContent,
  GIFContent,
  GroupNotificationContent,
  HQVoiceContent,
  ImageContent,
  InformationNotificationContent,
  LocationContent,
  MessageContent,
  ReferenceContent,
  RichContentContent,
  SightContent,
  TextContent,
} from '../model/content.js'
import { pageClient } from './page-client.js'

/** Object names under the original's constants. */
export const MessageType = {
  TEXT: modelTypes.TEXT,
  TextMessage: modelTypes.TEXT,
  IMAGE: modelTypes.IMAGE,
  FILE: modelTypes.FILE,
  HQ_VOICE: modelTypes.HQ_VOICE,
  VOICE: modelTypes.VOICE,
  SIGHT: modelTypes.SIGHT,
  GIF: modelTypes.GIF,
  REFERENCE: modelTypes.REFERENCE,
  LOCATION: modelTypes.LOCATION,
  RICH_CONTENT: modelTypes.RICH_CONTENT,
  COMBINE_V2: modelTypes.COMBINE,
  EXPANSION_NOTIFY: modelTypes.EXPANSION,
  RECALL: modelTypes.RECALL,
  RECALL_MESSAGE_TYPE: modelTypes.RECALL,
  RECALL_NOTIFICATION_MESSAGE: modelTypes.RECALL_NOTIFICATION,
  READ_RECEIPT: modelTypes.READ_RECEIPT,
  READ_RECEIPT_REQUEST: modelTypes.READ_RECEIPT_REQUEST,
  READ_RECEIPT_RESPONSE: modelTypes.READ_RECEIPT_RESPONSE,
  SYNC_READ_STATUS: modelTypes.SYNC_READ_STATUS,
  TYPING_STATUS: modelTypes.TYPING,
  INFORMATION_NOTIFICATION: modelTypes.INFORMATION_NOTIFICATION,
  COMMAND: modelTypes.COMMAND,
  GROUP_NOTIFICATION: modelTypes.GROUP_NOTIFICATION,
} as const

export type MessageType = (typeof MessageType)[keyof typeof MessageType]

/** A message that is ready to be sent. */
export class BaseMessage<
  Content extends MessageContent = MessageContent,
> implements Sendable<Content> {
  readonly isStatusMessage: boolean = false

  /** `isPersisted`, as the original spells it. */
  readonly isPersited?: boolean

  constructor(
    readonly messageType: string,
    public content: Content,
    /** Kept in the history of the conversation. */
    readonly isPersisted = true,
    /** Adds to the unread count of those who receive it. */
    readonly isCounted = true,
  ) {
    this.isPersited = isPersisted
  }
}

const builtInTypes = new MessageTypeRegistry()

class BuiltInMessage<Content extends MessageContent> extends BaseMessage<Content> {
  constructor(messageType: string, content: Content) {
    const { isPersisted, isCounted } = builtInTypes.get(messageType)!
    super(messageType, content, isPersisted, isCounted)
  }
}

/** `content`; with `mentionedInfo` in groups, sent with `isMentioned: true`. */
export class TextMessage extends BuiltInMessage<TextContent> {
  constructor(content: TextContent) {
    super(modelTypes.TEXT, content)
  }
}

/** `content` base64 thumbnail without a `data:` prefix, `imageUri`. */
export class ImageMessage extends BuiltInMessage<ImageContent> {
  constructor(content: ImageContent) {
    super(modelTypes.IMAGE, content)
  }
}

/** `name`, `size` in bytes, `type`, `fileUrl`. */
export class FileMessage extends BuiltInMessage<FileContent> {
  constructor(content: FileContent) {
    super(modelTypes.FILE, content)
  }
}

/** `remoteUrl`, `duration` in seconds, at most 60. */
export class HQVoiceMessage extends BuiltInMessage<HQVoiceContent> {
  constructor(content: HQVoiceContent) {
    super(modelTypes.HQ_VOICE, content)
  }
}

/** `sightUrl`, `content` base64 of the first frame, `duration` in seconds, `size` in bytes, `name`. */
export class SightMessage extends BuiltInMessage<SightContent> {
  constructor(content: SightContent) {
    super(modelTypes.SIGHT, content)
  }
}

/** `remoteUrl`, `gifDataSize` in bytes, `width` and `height` in pixels. */
export class GIFMessage extends BuiltInMessage<GIFContent> {
  constructor(content: GIFContent) {
    super(modelTypes.GIF, content)
  }
}

/** The reply `content` to `referMsg` of type `objName`, which `referMsgUserId` wrote. */
export class ReferenceMessage extends BuiltInMessage<ReferenceContent> {
  constructor(content: ReferenceContent) {
    super(modelTypes.REFERENCE, content)
  }
}

/** `longitude`, `latitude`, `poi`, `content` base64 thumbnail. */
export class LocationMessage extends BuiltInMessage<LocationContent> {
  constructor(content: LocationContent) {
    super(modelTypes.LOCATION, content)
  }
}

/** `title`, `content`, `imageUri`, `url`. */
export class RichContentMessage extends BuiltInMessage<RichContentContent> {
  constructor(content: RichContentContent) {
    super(modelTypes.RICH_CONTENT, content)
  }
}

/** Several messages forwarded as one. */
export class CombineV2Message extends BuiltInMessage<CombineContent> {
  constructor(content: CombineContent) {
    super(modelTypes.COMBINE, content)
  }
}

/** A grey line: `message`. Not counted. */
export class InformationNotificationMessage extends BuiltInMessage<InformationNotificationContent> {
  constructor(content: InformationNotificationContent) {
    super(modelTypes.INFORMATION_NOTIFICATION, content)
  }
}

/** For programs: `name`, `data`. Neither shown nor kept nor counted. */
export class CommandMessage extends BuiltInMessage<CommandContent> {
  constructor(content: CommandContent) {
    super(modelTypes.COMMAND, content)
  }
}

/** A grey line in a group: `operatorUserId`, `operation`, `data`, `message`. Not counted. */
export class GroupNotificationMessage extends BuiltInMessage<GroupNotificationContent> {
  constructor(content: GroupNotificationContent) {
    super(modelTypes.GROUP_NOTIFICATION, content)
  }
}

export type MessageConstructor<Content extends MessageContent = MessageContent> = new (
  content: Content,
) => BaseMessage<Content>

/**
 * Makes a type of message and gives its constructor. Call it between `init` and `connect`, with the
 * same flags on all devices.
 * @param messageType a name of your own, such as `app:card`
 * @param isPersisted kept in the history
 * @param isCounted adds to the unread count
 * @param searchProps fields of the content that search looks into
 * @param isStatusMessage neither kept nor counted: reaches only those who are online
 * @throws IMError 33001 before `init` · 33003 for an empty name, one starting with `RC:`, or a type
 *   that is registered with other flags
 */
export function registerMessageType<Content extends MessageContent = MessageContent>(
  messageType: string,
  isPersisted: boolean,
  isCounted: boolean,
  searchProps: string[] = [],
  isStatusMessage = false,
): MessageConstructor<Content> {
  const definition = pageClient().messageTypes.register(messageType, {
    isPersisted,
    isCounted,
    searchProps,
    isStatusMessage,
  })
  return class extends BaseMessage<Content> {
    override readonly isStatusMessage = definition.isStatusMessage

    constructor(content: Content) {
      super(messageType, content, definition.isPersisted, definition.isCounted)
    }
  }
}
