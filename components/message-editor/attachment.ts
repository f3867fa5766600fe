/** From a file to the message it is sent with. */
import { fileMessage, gifMessage, imageMessage, sightMessage } from '../../src/kit/send-content.js'
import type { BaseMessage } from '../../src/model/message-types.js'
import { imageThumbnail } from '../../src/kit/image-thumbnail.js'
import { sightFrame } from './sight-frame.js'

export interface Attachment {
  /** Everything but the address, which is known once the file is uploaded. */
  readonly message: BaseMessage
  /** A small picture of it, as an address; files have none. */
  readonly preview?: string
}

/** What every browser draws. Others, and vector graphics, which are documents, go as files. */
const imageTypes = /^image\/(jpeg|png|webp|bmp|avif)$/

/** Seconds, as documented; a longer video goes as a file. */
const longestSight = 120

/** Reads what has to be known of a file. What this browser cannot read goes as a plain file. */
export async function attachmentOf(file: File, signal?: AbortSignal): Promise<Attachment> {
  if (imageTypes.test(file.type)) return (await image(file)) ?? plainFile(file)
  if (file.type === 'image/gif') return (await gif(file)) ?? plainFile(file)
  if (file.type.startsWith('video/')) return (await sight(file, signal)) ?? plainFile(file)
  return plainFile(file)
}

async function image(file: File): Promise<Attachment | undefined> {
  const picture = await imageThumbnail(file)
  if (!picture) return undefined
  const { thumbnail, ...size } = picture
  return { message: imageMessage(thumbnail, size), preview: addressOf(thumbnail) }
}

async function gif(file: File): Promise<Attachment | undefined> {
  const picture = await imageThumbnail(file)
  if (!picture) return undefined
  const { thumbnail, ...size } = picture
  return { message: gifMessage(file, size), preview: addressOf(thumbnail) }
}

async function sight(file: File, signal?: AbortSignal): Promise<Attachment | undefined> {
  const frame = await sightFrame(file, signal)
  if (!frame || frame.duration > longestSight) return undefined
  return {
    message: sightMessage(file, frame.thumbnail, frame.duration),
    preview: addressOf(frame.thumbnail),
  }
}

function plainFile(file: File): Attachment {
  return { message: fileMessage(file) }
}

function addressOf(thumbnail: string): string {
  return `data:image/jpeg;base64,${thumbnail}`
}
