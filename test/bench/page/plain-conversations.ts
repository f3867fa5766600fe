/** The baselines' conversation list: "visible 30" as it is, "all" with `?all`. */
import { listed, presentList, type Listed } from './conversations.js'
import { plainConversation } from './plain-conversation.js'

const isAll = new URLSearchParams(location.search).has('all')
const visible = 30

const scroller = document.createElement('div')
scroller.className = 'scroller'
const content = document.createElement('div')
content.className = isAll ? 'all' : ''
scroller.append(content)

let conversations: Listed[] = []
let waiting: Listed[] = []
const rows = new Map<string, HTMLElement>()

presentList({
  async prepare({ count }) {
    conversations = Array.from({ length: count }, (_, serial) => listed(serial))
  },
  show() {
    content.append(...conversations.slice(0, isAll ? undefined : visible).map(rowOf))
    document.body.append(scroller)
  },
  update(changed) {
    if (waiting.push(changed) === 1) requestAnimationFrame(showWaiting)
  },
  textAt: (x, y) => document.elementFromPoint(x, y)?.closest('.conversation')?.textContent ?? '',
})

/** What has come since the last frame goes to the top, the newest first. */
function showWaiting(): void {
  for (const conversation of waiting) {
    rows.get(conversation.id)?.remove()
    content.prepend(rowOf(conversation))
  }
  waiting = []
  if (isAll) return
  while (content.childElementCount > visible) content.lastElementChild!.remove()
}

function rowOf(conversation: Listed): HTMLElement {
  const row = plainConversation(conversation)
  rows.set(conversation.id, row)
  return row
}
