/** "all": plain DOM of every message, from memory; the browser skips those out of sight. */
import type { Said } from './archive.js'
import { plainRow } from './plain-row.js'
import { present } from './present.js'
import { wholeList } from './whole-list.js'
import './all.css'

const scroller = document.createElement('div')
scroller.className = 'scroller'
const content = document.createElement('div')
content.className = 'content all'
scroller.append(content)

let shown: readonly Said[] = []

present(
  wholeList({
    async mount() {
      document.body.append(scroller)
    },
    show(messages, kind) {
      const fresh = messages.length - shown.length
      if (kind === 'open') content.replaceChildren(...rowsOf(messages))
      if (kind === 'append') content.append(...rowsOf(messages.slice(-fresh), shown.at(-1)))
      if (kind === 'older') content.prepend(...rowsOf(messages.slice(0, fresh)))
      else scroller.scrollTop = scroller.scrollHeight
      shown = messages
    },
    scroller: () => scroller,
    root: () => document,
    row: '.row',
  }),
)

function rowsOf(messages: readonly Said[], before?: Said): HTMLElement[] {
  return messages.map((message, index) => plainRow(message, messages[index - 1] ?? before))
}
