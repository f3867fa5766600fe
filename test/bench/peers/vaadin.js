import '@vaadin/message-list'
import { present } from '../page/present.ts'
import { wholeList } from '../page/whole-list.ts'
import { box, timeOf } from './look.js'

const list = document.createElement('vaadin-message-list')

present(
  wholeList({
    async mount() {
      list.style.blockSize = '100%'
      box().append(list)
    },
    show(messages, kind) {
      const isAtEnd = list.scrollHeight - list.scrollTop - list.clientHeight < 2
      list.items = messages.map(item)
      if (kind === 'open' || (kind === 'append' && isAtEnd)) list.scrollTop = list.scrollHeight
    },
    scroller: () => list,
    root: () => document,
    row: 'vaadin-message',
  }),
)

function item({ serial, sender, text, picture, sentTime }) {
  const attachments = picture
    ? { attachments: [{ name: String(serial), url: picture, type: 'image/svg+xml' }] }
    : { text }
  return { userName: sender.name, time: timeOf(sentTime), ...attachments }
}
