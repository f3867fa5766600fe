import { html } from 'lit'
import { linkText } from '../../../src/kit/link-text.js'
import type { Message } from '../../../src/model/message.js'
import { textOf } from '../content-fields.js'
import type { BubbleScene } from '../scene.js'

/** Text as it was written, with its links; a few emoji alone are shown large. */
export function renderText(message: Message, scene: BubbleScene, meta: unknown) {
  return renderWriting(textOf(message.content.content), scene, meta)
}

/** @param meta ends the last line, at the side where lines of this text end */
export function renderWriting(text: string, { kit }: BubbleScene, meta: unknown) {
  const parts = linkText(text, (error) => kit.report(error, 'looking for links'))
  // No space inside: line breaks count.
  // prettier-ignore
  return html`<div class="text" part="text" dir="auto" ?data-large=${isFewEmoji(text)}>${parts}${meta}</div>`
}

/** More emoji than this are a text like any other. */
const largeEmoji = 3
/** Code units: three emoji of many parts, and the blanks between them. */
const LONGEST = 64

/** Drawn in colour by itself, or told to be by a selector; a flag; a key cap. */
const emoji =
  /^(?:\p{Emoji_Presentation}|\p{Emoji}\uFE0F|\p{Regional_Indicator}{2}|[0-9#*]\uFE0F?\u20E3)/u

export function isFewEmoji(text: string): boolean {
  if (text.length > LONGEST || !emoji.test(text.trimStart())) return false
  const compact = text.replace(/\s/g, '')
  const characters = Array.from(new Intl.Segmenter().segment(compact), ({ segment }) => segment)
  return characters.length <= largeEmoji && characters.every((character) => emoji.test(character))
}
