import { html, nothing } from 'lit'
import { safeUrl } from '../../../src/kit/safe-url.js'
import type { Message } from '../../../src/model/message.js'
import { textOf } from '../content-fields.js'
import type { BubbleScene } from '../scene.js'

/** A page: title, first words and picture, leading to it. */
export function renderRichContent(message: Message, scene: BubbleScene) {
  const { title, content, imageUri, url } = message.content
  const address = safeUrl(textOf(url))
  const picture = textOf(imageUri)
  const body = html`<span class="rich-title" dir="auto">${textOf(title)}</span>
    <span class="rich-body">
      <span class="rich-text" dir="auto">${textOf(content)}</span>
      ${picture ? renderPicture(picture, scene) : nothing}
    </span>
    ${address ? html`<bdi class="rich-host">${hostOf(address)}</bdi>` : nothing}`
  if (!address) return html`<div class="card rich" part="rich-content">${body}</div>`
  return html`<a
    class="card rich"
    part="rich-content"
    href=${address}
    target="_blank"
    rel="noopener noreferrer"
    @click=${(event: MouseEvent) => {
      // With a key held down it is the browser's business: a new tab, a download.
      if (event.ctrlKey || event.metaKey || event.shiftKey || event.altKey) return
      event.preventDefault()
      scene.open(message)
    }}
    >${body}</a
  >`
}

function renderPicture(uri: string, scene: BubbleScene) {
  const { url } = scene.addresses.read(uri).value
  return url
    ? html`<img class="rich-image" src=${url} alt="" loading="lazy" draggable="false" />`
    : nothing
}

function hostOf(address: string): string {
  try {
    return new URL(address, document.baseURI).host
  } catch {
    return ''
  }
}
