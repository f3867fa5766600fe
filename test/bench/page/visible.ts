/**
 * "visible 30": plain DOM of no more than what is on screen and a little around it, from memory. The
 * practical limit: a list can hardly do less.
 */
import { newest, stretch, type Archive, type Said } from './archive.js'
import type { Contender } from './contender.js'
import { plainRow } from './plain-row.js'
import { present } from './present.js'

const most = 30
/** Pixels of a row, on average. */
const rowHeight = 108

const scroller = document.createElement('div')
scroller.className = 'scroller'
const content = document.createElement('div')
content.className = 'content'
scroller.append(content)

let archive: Archive
let shown: Said[] = []
let waiting: Said[] = []

const contender: Contender = {
  async prepare() {
    document.body.append(scroller)
  },
  open(opened) {
    archive = opened
    shown = newest(archive, most)
    content.replaceChildren(...rowsOf(shown))
    content.style.paddingBlock = ''
    scroller.scrollTop = scroller.scrollHeight
  },
  append(message) {
    if (waiting.push(message) === 1) requestAnimationFrame(showWaiting)
  },
  showOlder(count) {
    const first = shown[0]!.serial
    const older = stretch(archive, Math.max(0, first - count), first)
    const { scrollHeight, scrollTop } = scroller
    content.prepend(...rowsOf(older))
    shown = [...older, ...shown]
    scroller.scrollTop = scrollTop + scroller.scrollHeight - scrollHeight
  },
  scroller: () => scroller,
  root: () => document,
  row: '.row',
}

/** What has come since the last frame; as many of the oldest go. */
function showWaiting(): void {
  const previous = shown.at(-1)
  shown = [...shown, ...waiting].slice(-most)
  content.append(...rowsOf(waiting, previous))
  waiting = []
  while (content.childElementCount > most) content.firstElementChild!.remove()
  scroller.scrollTop = scroller.scrollHeight
}

function rowsOf(messages: readonly Said[], before?: Said): HTMLElement[] {
  return messages.map((message, index) => plainRow(message, messages[index - 1] ?? before))
}

/** As long as the whole conversation: a window of rows stands where the reader is. */
const long: Contender = {
  ...contender,
  open(opened) {
    archive = opened
    content.style.blockSize = `${archive.count * rowHeight}px`
    content.style.position = 'relative'
    content.style.overflow = 'hidden'
    scroller.scrollTop = scroller.scrollHeight
    showThere()
  },
}

/** Each time all rows anew: nothing is kept that could be found out to be wrong. */
function showThere(): void {
  const first = Math.floor(scroller.scrollTop / rowHeight)
  const start = Math.max(0, Math.min(first, archive.count - 1) - 4)
  const end = Math.min(archive.count, start + most / 2)
  const rows = document.createElement('div')
  rows.style.position = 'absolute'
  rows.style.insetInline = '0'
  // The last ones end where the list ends, whatever their height.
  if (end === archive.count) rows.style.insetBlockEnd = '12px'
  else rows.style.insetBlockStart = `${start * rowHeight}px`
  rows.append(...rowsOf(stretch(archive, start, end)))
  content.replaceChildren(rows)
}

const isLong = new URLSearchParams(location.search).has('long')
if (isLong) scroller.addEventListener('scroll', showThere)
present(isLong ? long : contender)
