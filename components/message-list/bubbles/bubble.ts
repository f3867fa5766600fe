/** Which bubble belongs to which message type. */
import { MessageType } from '../../../src/model/message-types.js'
import type { Message } from '../../../src/model/message.js'
import type { BubbleScene } from '../scene.js'
import { renderCombined } from './combined-bubble.js'
import { renderFile } from './file-bubble.js'
import { renderLocation } from './location-bubble.js'
import { renderGif, renderImage, renderSight } from './picture-bubble.js'
import { renderReply } from './quote-bubble.js'
import { renderRichContent } from './rich-content-bubble.js'
import { renderText } from './text-bubble.js'
import { renderVoice } from './voice-bubble.js'

/**
 * What the time and the marks do: they end the last line of a text, lie on a picture, or stand below
 * a card.
 */
export type BubbleShape = 'text' | 'picture' | 'card'

interface Bubble {
  shape: BubbleShape
  /** @param meta time and marks; only texts have a place for them inside */
  render(message: Message, scene: BubbleScene, meta: unknown): unknown
}

const bubbles: Readonly<Record<string, Bubble>> = {
  [MessageType.TEXT]: { shape: 'text', render: renderText },
  [MessageType.REFERENCE]: { shape: 'text', render: renderReply },
  [MessageType.IMAGE]: { shape: 'picture', render: renderImage },
  [MessageType.GIF]: { shape: 'picture', render: renderGif },
  [MessageType.SIGHT]: { shape: 'picture', render: renderSight },
  [MessageType.FILE]: { shape: 'card', render: renderFile },
  [MessageType.HQ_VOICE]: { shape: 'card', render: renderVoice },
  [MessageType.LOCATION]: { shape: 'card', render: renderLocation },
  [MessageType.RICH_CONTENT]: { shape: 'card', render: renderRichContent },
  [MessageType.COMBINE]: { shape: 'card', render: renderCombined },
}

export function hasBubble(messageType: string): boolean {
  return Object.hasOwn(bubbles, messageType)
}

/** @param messageType one that has a bubble, or one the host draws */
export function bubbleShape(messageType: string): BubbleShape {
  return hasBubble(messageType) ? bubbles[messageType]!.shape : 'card'
}

/** @param meta time and marks, if they are to be in the bubble */
export function renderBubble(message: Message, scene: BubbleScene, meta?: unknown): unknown {
  if (!hasBubble(message.messageType)) return meta
  const { shape, render } = bubbles[message.messageType]!
  return shape === 'text' ? render(message, scene, meta) : [render(message, scene, meta), meta]
}
