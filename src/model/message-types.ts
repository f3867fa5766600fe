/**
 * The registry of message types: what is kept, counted, searchable and shown. Built-in and
 * custom types are registered the same way.
 */
import { ErrorCode, IMError } from './errors.js'
import type { MessageContent } from './content.js'

/** Object names of the built-in types. */
export const MessageType = {
  TEXT: 'RC:TxtMsg',
  IMAGE: 'RC:ImgMsg',
  FILE: 'RC:FileMsg',
  HQ_VOICE: 'RC:HQVCMsg',
  VOICE: 'RC:VcMsg',
  SIGHT: 'RC:SightMsg',
  GIF: 'RC:GIFMsg',
  REFERENCE: 'RC:ReferenceMsg',
  LOCATION: 'RC:LBSMsg',
  RICH_CONTENT: 'RC:ImgTextMsg',
  COMBINE: 'RC:CombineV2Msg',
  INFORMATION_NOTIFICATION: 'RC:InfoNtf',
  COMMAND: 'RC:CmdMsg',
  COMMAND_NOTIFICATION: 'RC:CmdNtf',
  PROFILE_NOTIFICATION: 'RC:ProfileNtf',
  GROUP_NOTIFICATION: 'RC:GrpNtf',
  RECALL_NOTIFICATION: 'RC:RcNtf',
  RECALL: 'RC:RcCmd',
  EXPANSION: 'RC:MsgExMsg',
  READ_RECEIPT: 'RC:ReadNtf',
  READ_RECEIPT_REQUEST: 'RC:RRReqMsg',
  READ_RECEIPT_RESPONSE: 'RC:RRRspMsg',
  SYNC_READ_STATUS: 'RC:SRSMsg',
  TYPING: 'RC:TypSts',
  DELETE_FOR_ME: 'IK:DelMsg',
  EDIT: 'IK:EditMsg',
  REACTION: 'IK:ReactMsg',
} as const

/** How a type takes part in a conversation. */
export type MessageRole =
  /** a bubble with an avatar */
  | 'content'
  /** a grey line */
  | 'notice'
  /** not shown; folded or handed to the host */
  | 'operation'
  | 'hidden'

export interface MessageTypeDefinition {
  messageType: string
  isPersisted: boolean
  isCounted: boolean
  isStatusMessage: boolean
  /** Fields of the content that search looks into: texts, numbers, lists of texts. */
  searchProps: readonly string[]
  role: MessageRole
  /** Fields a content must have, with their `typeof`; without them it shows as unknown. */
  required: Readonly<Record<string, 'string' | 'number' | 'object'>>
}

const define = (
  messageType: string,
  role: MessageRole,
  required: MessageTypeDefinition['required'] = {},
  searchProps: readonly string[] = [],
): MessageTypeDefinition => ({
  messageType,
  role,
  required,
  searchProps,
  isPersisted: role === 'content' || role === 'notice' || role === 'operation',
  isCounted: role === 'content',
  isStatusMessage: false,
})

const builtIn: readonly MessageTypeDefinition[] = [
  define(MessageType.TEXT, 'content', { content: 'string' }, ['content']),
  define(MessageType.IMAGE, 'content', { imageUri: 'string' }),
  define(MessageType.FILE, 'content', { name: 'string', fileUrl: 'string' }, ['name']),
  define(MessageType.HQ_VOICE, 'content', { remoteUrl: 'string', duration: 'number' }),
  define(MessageType.VOICE, 'content', { content: 'string', duration: 'number' }),
  define(MessageType.SIGHT, 'content', { sightUrl: 'string' }, ['name']),
  define(MessageType.GIF, 'content', { remoteUrl: 'string' }),
  define(MessageType.REFERENCE, 'content', { content: 'string' }, ['content']),
  define(MessageType.LOCATION, 'content', { longitude: 'number', latitude: 'number' }, ['poi']),
  define(MessageType.RICH_CONTENT, 'content', { title: 'string' }, ['title', 'content']),
  define(MessageType.COMBINE, 'content', { msgList: 'object' }, ['title', 'summaryList']),
  define(MessageType.INFORMATION_NOTIFICATION, 'notice', { message: 'string' }),
  define(MessageType.GROUP_NOTIFICATION, 'notice', { operation: 'string' }),
  define(MessageType.RECALL_NOTIFICATION, 'notice'),
  define(MessageType.RECALL, 'operation', { messageUId: 'string', senderUserId: 'string' }),
  define(MessageType.EXPANSION, 'operation', { messageUId: 'string', senderUserId: 'string' }),
  define(MessageType.READ_RECEIPT, 'operation', { lastMessageSendTime: 'number' }),
  define(MessageType.READ_RECEIPT_REQUEST, 'operation', { messageUId: 'string' }),
  define(MessageType.READ_RECEIPT_RESPONSE, 'operation', { receiptMessageDic: 'object' }),
  define(MessageType.DELETE_FOR_ME, 'operation'),
  define(MessageType.EDIT, 'operation', {
    messageUId: 'string',
    senderUserId: 'string',
    content: 'object',
  }),
  define(MessageType.REACTION, 'operation', {
    messageUId: 'string',
    senderUserId: 'string',
    reactions: 'object',
  }),
  { ...define(MessageType.COMMAND, 'hidden', { name: 'string' }), isPersisted: false },
  { ...define(MessageType.COMMAND_NOTIFICATION, 'hidden'), isPersisted: false },
  { ...define(MessageType.PROFILE_NOTIFICATION, 'hidden'), isPersisted: false },
  { ...define(MessageType.SYNC_READ_STATUS, 'hidden'), isPersisted: false },
  { ...define(MessageType.TYPING, 'hidden'), isPersisted: false, isStatusMessage: true },
]

export interface CustomTypeOptions {
  isPersisted?: boolean
  isCounted?: boolean
  searchProps?: readonly string[]
  isStatusMessage?: boolean
}

export class MessageTypeRegistry {
  #types = new Map<string, MessageTypeDefinition>(
    builtIn.map((definition) => [definition.messageType, definition]),
  )

  get(messageType: string): MessageTypeDefinition | undefined {
    return this.#types.get(messageType)
  }

  /** All there are, built-in ones first. */
  all(): readonly MessageTypeDefinition[] {
    return [...this.#types.values()]
  }

  has(messageType: string): boolean {
    return this.#types.has(messageType)
  }

  /**
   * Adds a custom type. Registering the same name with the same flags again is allowed (a page
   * that is set up twice); with other flags it is refused, since devices would then disagree.
   * @throws IMError 33003 for an empty name, a name starting with `RC:` or `IK:`, or other flags.
   */
  register(messageType: string, options: CustomTypeOptions = {}): MessageTypeDefinition {
    const {
      isPersisted = true,
      isCounted = true,
      searchProps = [],
      isStatusMessage = false,
    } = options
    if (typeof messageType !== 'string' || messageType.trim() === '') {
      throw new IMError(
        ErrorCode.BIZ_ERROR_INVALID_PARAMETER,
        'registerMessageType needs a name such as "app:card".',
      )
    }
    if (/^(RC|IK):/i.test(messageType)) {
      throw new IMError(
        ErrorCode.BIZ_ERROR_INVALID_PARAMETER,
        `"${messageType}" can't be registered: names starting with "RC:" or "IK:" are reserved. Use a prefix of your own, such as "app:".`,
      )
    }
    const definition: MessageTypeDefinition = {
      messageType,
      isPersisted: isPersisted && !isStatusMessage,
      isCounted: isCounted && !isStatusMessage,
      isStatusMessage,
      searchProps: [...(searchProps ?? [])],
      role: isPersisted && !isStatusMessage ? 'content' : 'hidden',
      required: {},
    }
    const known = this.#types.get(messageType)
    if (known && JSON.stringify(known) !== JSON.stringify(definition)) {
      throw new IMError(
        ErrorCode.BIZ_ERROR_INVALID_PARAMETER,
        `"${messageType}" is already registered with other flags. Register each type once.`,
      )
    }
    this.#types.set(messageType, definition)
    return definition
  }

  /** Whether a content has what its type needs to be shown. Unknown types are never well formed. */
  isWellFormed(messageType: string, content: unknown): content is MessageContent {
    const definition = this.#types.get(messageType)
    if (!definition || typeof content !== 'object' || content === null) return false
    return Object.entries(definition.required).every(([field, type]) => {
      const value = (content as Record<string, unknown>)[field]
      return typeof value === type && value !== null
    })
  }
}

/** A message made by a constructor, ready to be sent: `new TextMessage({ content: 'hi' })`. */
export interface BaseMessage<Content extends MessageContent = MessageContent> {
  messageType: string
  content: Content
  isPersisted: boolean
  isCounted: boolean
  isStatusMessage: boolean
}
