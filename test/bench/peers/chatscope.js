import { Avatar, Message, MessageList } from '@chatscope/chat-ui-kit-react'
import '@chatscope/chat-ui-kit-styles/dist/default/styles.min.css'
import { createElement as h } from 'react'
import { createRoot } from 'react-dom/client'
import { present } from '../page/present.ts'
import { wholeList } from '../page/whole-list.ts'
import { box, portrait, timeOf } from './look.js'

let root

present(
  wholeList({
    async mount() {
      root = createRoot(box())
    },
    show: (messages, _kind, { id }) =>
      root.render(h(MessageList, { key: id, scrollBehavior: 'auto' }, messages.map(row))),
    scroller: () =>
      document.querySelector('.cs-message-list__scroll-wrapper') ?? document.documentElement,
    root: () => document,
    row: '.cs-message',
  }),
)

function row({ serial, sender, isOwn, text, picture, sentTime }) {
  const model = {
    sender: sender.name,
    direction: isOwn ? 'outgoing' : 'incoming',
    position: 'single',
    ...(picture ? { type: 'image', payload: { src: picture } } : { message: text }),
  }
  return h(Message, { key: serial, model }, [
    isOwn ? null : h(Avatar, { key: 'avatar', name: sender.name, src: portrait }),
    h(Message.Header, { key: 'header', sender: sender.name }),
    h(Message.Footer, { key: 'footer', sentTime: timeOf(sentTime) }),
  ])
}
