/** Sends files: uploads one and sends the message that carries its address. */
import type { ContentUser, MentionedInfo, MessageContent } from '../model/content.js'
import { ErrorCode, IMError, invalidParameter } from '../model/errors.js'
import type { BaseMessage as Sendable } from '../model/message-types.js'
import { imageThumbnail } from '../kit/image-thumbnail.js'
import { fileFieldOf, fileMessage, gifMessage, imageMessage } from '../kit/send-content.js'
import { audioDuration } from './audio-duration.js'
import { HQVoiceMessage, SightMessage } from './messages.js'
import { pageClient } from './page-client.js'
import type { IAReceivedMessage, IConversationOption } from './received.js'
import type { IAsyncRes } from './results.js'
import { again, deliver, toSendOptions, withMentions, type ISendMessageOptions } from './sending.js'

export interface ISendBody {
  file: File | Blob
  /** The sender's card that travels with the message. */
  user?: ContentUser
  extra?: string
  /** Groups; goes with `isMentioned`. */
  mentionedInfo?: MentionedInfo
}

export interface ISendVoiceBody extends ISendBody {
  /** Seconds; measured if left out. */
  duration?: number
}

export interface ISendSightBody extends ISendBody {
  /** Seconds. */
  duration: number
  /** base64 of the first frame, without a `data:` prefix */
  thumbnail: string
  name?: string
}

export interface IUploadHooks {
  /** Called with the whole percentage that is up. */
  onProgress?: (progress: number) => void
  /** Called with the file's address; a message that is returned is sent instead. */
  onComplete?: (fileInfo: { url: string }) => Sendable | undefined | void
}

/**
 * Uploads a file of any kind and sends it as `RC:FileMsg`.
 *
 * This and the calls below resolve as `sendMessage` does. Further `code`: 34011 no file, an empty
 * one, one over the backend's limit (100 MB), or an upload that was ended. `data.messageId` sends
 * it again; what is up already is not uploaded twice.
 */
export function sendFileMessage(
  conversation: IConversationOption,
  msgBody: ISendBody,
  hooks?: IUploadHooks,
  options?: ISendMessageOptions | null,
): Promise<IAsyncRes<IAReceivedMessage>> {
  return upload(conversation, msgBody, hooks, options, (file) => fileMessage(file))
}

/** Uploads an image and sends it as `RC:ImgMsg`, with a thumbnail of at most 240 pixels and 10 k. */
export function sendImageMessage(
  conversation: IConversationOption,
  msgBody: ISendBody,
  hooks?: IUploadHooks,
  options?: ISendMessageOptions | null,
): Promise<IAsyncRes<IAReceivedMessage>> {
  return upload(conversation, msgBody, hooks, options, async (file) => {
    const { thumbnail = '', ...size } = (await imageThumbnail(file)) ?? {}
    return imageMessage(thumbnail, size)
  })
}

/** Uploads a GIF and sends it as `RC:GIFMsg`. `code`: 33003 it is no image this browser can read. */
export function sendGIFMessage(
  conversation: IConversationOption,
  msgBody: ISendBody,
  hooks?: IUploadHooks,
  options?: ISendMessageOptions | null,
): Promise<IAsyncRes<IAReceivedMessage>> {
  return upload(conversation, msgBody, hooks, options, async (file) => {
    const picture = await imageThumbnail(file)
    if (!picture) throw invalidParameter('This browser can not read the file as an image.')
    return gifMessage(file, picture)
  })
}

/** Uploads a recording and sends it as `RC:HQVCMsg`. `code`: 33003 it can't be told how long it is. */
export function sendHQVoiceMessage(
  conversation: IConversationOption,
  msgBody: ISendVoiceBody,
  hooks?: IUploadHooks,
  options?: ISendMessageOptions | null,
): Promise<IAsyncRes<IAReceivedMessage>> {
  return upload(conversation, msgBody, hooks, options, async (file) => {
    const seconds = msgBody.duration ?? (await audioDuration(file))
    if (seconds === undefined) {
      throw invalidParameter(
        'This browser can not tell how long the recording is: pass `duration`, in seconds.',
      )
    }
    const duration = Math.max(1, Math.round(seconds))
    const type = file.type.replace(/^audio\//, '').replace(/;.*$/, '') || 'aac'
    return new HQVoiceMessage({ remoteUrl: '', duration, type })
  })
}

/** Uploads a short video and sends it as `RC:SightMsg`. `duration` in seconds, at most 120. */
export function sendSightMessage(
  conversation: IConversationOption,
  msgBody: ISendSightBody,
  hooks?: IUploadHooks,
  options?: ISendMessageOptions | null,
): Promise<IAsyncRes<IAReceivedMessage>> {
  return upload(conversation, msgBody, hooks, options, (file) => {
    const { duration, thumbnail: content, name = file.name } = msgBody
    return new SightMessage({ sightUrl: '', content, duration, size: file.size, name })
  })
}

async function upload(
  conversation: IConversationOption,
  body: ISendBody,
  hooks: IUploadHooks | undefined,
  options: ISendMessageOptions | null | undefined,
  makeMessage: (file: File) => Sendable | Promise<Sendable>,
): Promise<IAsyncRes<IAReceivedMessage>> {
  let messageUId: string | undefined
  let stopFollowing: (() => void) | undefined
  const sent = deliver(async () => {
    const { messageId, ...rest } = options ?? {}
    if (messageId !== undefined) return again(messageId)
    const { sender, events } = pageClient()
    const file = namedFile(body)
    const message = withMentions(withExtras(await makeMessage(file), body), options)
    stopFollowing = events.on('upload', (progress) => {
      if (progress.messageUId === messageUId) hooks?.onProgress?.(Math.round(progress.percent))
    })
    return sender.postFile(conversation, message, file, {
      ...toSendOptions({
        ...rest,
        onSendBefore: (stored) => {
          messageUId = stored.messageUId
          rest.onSendBefore?.(stored)
        },
      }),
      field: fileFieldOf(message.messageType)!,
      onComplete: (url) => hooks?.onComplete?.({ url }),
    })
  })
  const outcome = await sent
  stopFollowing?.()
  return outcome
}

/** @throws IMError 34011 without a file */
function namedFile(body: ISendBody): File {
  const file = body?.file
  if (file instanceof File) return file
  if (file instanceof Blob) return new File([file], 'file', { type: file.type })
  throw new IMError(ErrorCode.UPLOAD_FAIL, 'There is nothing to send: pass { file }.')
}

function withExtras(message: Sendable, { user, extra, mentionedInfo }: ISendBody): Sendable {
  const content: MessageContent = { ...message.content }
  if (user) content.user = user
  if (extra !== undefined) content.extra = extra
  if (mentionedInfo) content.mentionedInfo = mentionedInfo
  return { ...message, content }
}
