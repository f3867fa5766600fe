import { register } from 'vue-advanced-chat'
import { own, people } from '../page/archive.ts'
import { present } from '../page/present.ts'
import { wholeList } from '../page/whole-list.ts'
import { box, timeOf } from './look.js'

register()
const chat = document.createElement('vue-advanced-chat')
const users = people.map(({ id, name }) => ({ _id: id, username: name }))

present(
  wholeList({
    async mount() {
      Object.assign(chat, {
        height: '100%',
        currentUserId: own.id,
        roomsLoaded: true,
        singleRoom: true,
        showFooter: false,
        rooms: [],
        messages: [],
      })
      box().append(chat)
    },
    show(messages, kind, { id }) {
      if (kind === 'open') {
        chat.rooms = [{ roomId: id, roomName: id, users }]
        chat.roomId = id
      }
      chat.messages = messages.map(message)
      chat.messagesLoaded = true
    },
    scroller: () => chat.shadowRoot.querySelector('#messages-list') ?? chat,
    root: () => chat.shadowRoot,
    row: '.vac-message-wrapper',
  }),
)

function message({ serial, sender, text, picture, sentTime }) {
  return {
    _id: String(serial),
    content: picture ? '' : text,
    senderId: sender.id,
    username: sender.name,
    date: '5 January',
    timestamp: timeOf(sentTime),
    saved: true,
    files: picture ? [{ name: String(serial), type: 'svg', extension: 'svg', url: picture }] : [],
  }
}
