import { html, nothing } from 'lit'
import type { Message } from '../../../src/model/message.js'
import { downloadIcon, fileIcon } from '../../internal/icons.js'
import { amountOf, textOf } from '../content-fields.js'
import { fileEnding, fileKind } from '../file-kind.js'
import type { BubbleScene } from '../scene.js'

/** A card with the file's kind, name and size; a click downloads it. */
export function renderFile(message: Message, scene: BubbleScene) {
  const name = textOf(message.content.name)
  const size = amountOf(message.content.size)
  const isThere = textOf(message.content.fileUrl) !== ''
  return html`<button
    class="card file"
    part="file"
    type="button"
    ?disabled=${!isThere}
    aria-label="${scene.words.download} ${name}"
    @click=${() => scene.open(message)}
  >
    <span class="file-icon" data-kind=${fileKind(name)} aria-hidden="true">
      ${fileIcon}<span class="file-ending">${fileEnding(name).slice(0, 4)}</span>
    </span>
    <span class="card-text">
      <span class="file-name" dir="auto">${name}</span>
      <span class="card-quiet" dir="auto"
        >${size === undefined ? nothing : scene.words.fileSize(size)}</span
      >
    </span>
    ${isThere ? downloadIcon : nothing}
  </button>`
}
