import { html, nothing } from 'lit'
import type { Message } from '../../../src/model/message.js'
import { duration as clockTime } from '../../../src/kit/time.js'
import { playIcon } from '../../internal/icons.js'
import { amountOf, sizeOf, textOf, thumbnailUrl } from '../content-fields.js'
import type { MessagePicture } from '../message-picture.js'
import type { BubbleScene } from '../scene.js'

export function renderImage(message: Message, scene: BubbleScene) {
  const uri = textOf(message.content.imageUri)
  return renderPicture(message, scene, uri, scene.words.viewImage, nothing)
}

export function renderGif(message: Message, scene: BubbleScene) {
  const uri = textOf(message.content.remoteUrl)
  const mark = html`<span class="picture-mark" aria-hidden="true">GIF</span>`
  return renderPicture(message, scene, uri, scene.words.viewImage, mark)
}

/** A short video: its first frame, and what plays it. */
export function renderSight(message: Message, scene: BubbleScene) {
  const duration = amountOf(message.content.duration)
  const marks = html`<span class="picture-play">${playIcon}</span> ${
      duration === undefined
        ? nothing
        : html`<span class="picture-mark" aria-hidden="true">${clockTime(duration)}</span>`
    }`
  return renderPicture(message, scene, '', scene.words.viewVideo, marks)
}

function renderPicture(
  message: Message,
  scene: BubbleScene,
  uri: string,
  label: string,
  marks: unknown,
) {
  return html`<button
    class="picture"
    part="picture"
    type="button"
    aria-label=${label}
    @click=${(event: Event) => {
      const picture = (event.currentTarget as Element).querySelector<MessagePicture>(
        'im-message-picture',
      )
      if (picture?.isBroken) picture.retry()
      scene.open(message)
    }}
  >
    <im-message-picture
      exportparts="image, broken"
      .uri=${uri}
      .thumbnail=${thumbnailUrl(message.content.content)}
      .size=${sizeOf(message.content)}
      .addresses=${scene.addresses}
    ></im-message-picture>
    ${marks}
  </button>`
}
