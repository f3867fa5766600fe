/** What people say to each other besides plain text. */
import { MentionedType } from '../../src/model/content.js'
import { MessageType } from '../../src/model/message-types.js'
import type { ArchivedMessage } from '../../src/model/message.js'
import type { Content } from './actor.js'
import type { Picture } from './pictures.js'

export function text(content: string): Content {
  return { messageType: MessageType.TEXT, content: { content } }
}

/** To be said with `isMentioned`. Without anybody's id it is for everyone. */
export function mention(content: string, ...userIdList: string[]): Content {
  const type = userIdList.length ? MentionedType.SINGAL : MentionedType.ALL
  const mentionedInfo = { type, userIdList, mentionedContent: '' }
  return { messageType: MessageType.TEXT, content: { content, mentionedInfo } }
}

export function reply(content: string, to: ArchivedMessage): Content {
  return {
    messageType: MessageType.REFERENCE,
    content: {
      content,
      referMsgUserId: to.senderUserId,
      referMsgUid: to.messageUId,
      referMsg: to.content,
      objName: to.messageType,
    },
  }
}

export function image({ thumbnail, width, height }: Picture): Content {
  return {
    messageType: MessageType.IMAGE,
    content: { content: thumbnail, imageUri: '', width, height },
  }
}

export function gif(file: File, size: number): Content {
  return {
    messageType: MessageType.GIF,
    content: { remoteUrl: '', gifDataSize: file.size, width: size, height: size },
  }
}

export function sight(file: File, { thumbnail }: Picture, duration: number): Content {
  return {
    messageType: MessageType.SIGHT,
    content: { sightUrl: '', content: thumbnail, duration, size: file.size, name: file.name },
  }
}

export function voice(duration: number): Content {
  return { messageType: MessageType.HQ_VOICE, content: { remoteUrl: '', duration } }
}

/** @param size in bytes, as the sender says */
export function file(name: string, size: number): Content {
  const type = name.slice(name.lastIndexOf('.') + 1)
  return { messageType: MessageType.FILE, content: { name, size, type, fileUrl: '' } }
}

export function place(poi: string, map?: Picture): Content {
  return {
    messageType: MessageType.LOCATION,
    content: { longitude: 121.4944, latitude: 31.2417, poi, content: map?.thumbnail ?? '' },
  }
}

export function page(title: string, content: string, url: string, picture?: Picture): Content {
  const imageUri = picture ? URL.createObjectURL(picture.file) : ''
  return { messageType: MessageType.RICH_CONTENT, content: { title, content, url, imageUri } }
}

export function notice(message: string): Content {
  return { messageType: MessageType.INFORMATION_NOTIFICATION, content: { message } }
}
