/** "all": plain DOM of every message, from memory; the browser skips those out of sight. */
import { said, stretch, type Archive, type Said } from './archive.js'
import type { Contender } from './contender.js'
import { plainRow } from './plain-row.js'
import { present } from './present.js'
import './all.css'

const scroller = document.createElement('div')
scroller.className = 'scroller'
const content = document.createElement('div')
content.className = 'content all'
scroller.append(content)

let archive: Archive
let first = 0
let last: Said | undefined
let waiting: Said[] = []

const contender: Contender = {
  async prepare() {
    document.body.append(scroller)
  },
  open(opened) {
    archive = opened
    first = Math.max(0, archive.count - (archive.page ?? archive.count))
    last = said(archive, archive.count - 1)
    content.replaceChildren(...rowsOf(stretch(archive, first, archive.count)))
    scroller.scrollTop = scroller.scrollHeight
  },
  append(message) {
    if (waiting.push(message) === 1) requestAnimationFrame(showWaiting)
  },
  showOlder(count) {
    const start = Math.max(0, first - count)
    content.prepend(...rowsOf(stretch(archive, start, first)))
    first = start
  },
  scroller: () => scroller,
  root: () => document,
  row: '.row',
}

function showWaiting(): void {
  content.append(...rowsOf(waiting, last))
  last = waiting.at(-1)
  waiting = []
  scroller.scrollTop = scroller.scrollHeight
}

function rowsOf(messages: readonly Said[], before?: Said): HTMLElement[] {
  return messages.map((message, index) => plainRow(message, messages[index - 1] ?? before))
}

present(contender)
