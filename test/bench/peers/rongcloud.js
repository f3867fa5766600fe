// The original. Its <message-list> wants an account; the rows are drawn by <message-group>, which
// does not. That scrolls by a script of its own; here the browser does it.
import { defineCustomElements } from '@rongcloud/imkit/dist/custom-elements/index.js'
import { people } from '../page/archive.ts'
import { present } from '../page/present.ts'
import { wholeList } from '../page/whole-list.ts'
import { box, portrait } from './look.js'

defineCustomElements()
const scroller = document.createElement('div')
// Its sizes are in em of em: this makes its text as large as that of the others.
scroller.style.cssText = 'position: absolute; inset: 0; overflow: auto; font-size: 6px'
const group = document.createElement('message-group')

present(
  wholeList({
    async mount() {
      Object.assign(group, {
        messages: [],
        groupMembers: people.map((person) => ({
          ...person,
          groupNickname: '',
          portraitUri: portrait,
        })),
        conversationProfile: { name: 'Group', portraitUri: portrait },
        myProfile: { ...people[0], portraitUri: portrait },
      })
      scroller.append(group)
      box().append(scroller)
    },
    show(messages, kind, { id }) {
      const isAtEnd = scroller.scrollHeight - scroller.scrollTop - scroller.clientHeight < 2
      group.messages = messages.map((said) => message(said, id))
      if (kind === 'older' || !(kind === 'open' || isAtEnd)) return
      // It draws in a later task.
      requestAnimationFrame(() => (scroller.scrollTop = scroller.scrollHeight))
    },
    scroller: () => scroller,
    root: () => document,
    row: 'message-group li',
  }),
)

function message({ serial, sender, isOwn, text, picture, sentTime }, id) {
  return {
    conversationType: 3,
    targetId: id,
    messageUId: String(serial),
    messageId: serial + 1,
    messageType: picture ? 'RC:ImgMsg' : 'RC:TxtMsg',
    content: picture ? { content: portrait, imageUri: picture } : { content: text },
    senderUserId: sender.id,
    messageDirection: isOwn ? 1 : 2,
    receivedStatus: 1,
    sentTime,
  }
}
