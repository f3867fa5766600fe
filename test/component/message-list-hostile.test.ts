import { expect } from '@open-wc/testing'
import type { MessageList } from '../../components/message-list/message-list.js'
import type { MessageContent } from '../../src/model/content.js'
import { MessageType } from '../../src/model/message-types.js'
import {
  closeLists,
  inside,
  openList,
  openMenu,
  rowsOf,
  rowWith,
  send,
  until,
} from '../support/message-list-page.js'
import { say, twoPeople, withAlice, withBob, type People } from '../support/two-people.js'

const markup =
  '"><img src=x onerror="window.hacked=true"><script>window.hacked=true</script><svg onload="window.hacked=true"><a href="javascript:window.hacked=true">x</a>'
const addresses = [
  'javascript:window.hacked=true',
  ' java\nscript:window.hacked=true',
  'data:text/html,<script>parent.hacked=true</script>',
  'vbscript:hacked',
  'file:///etc/passwd',
]

/** Every field of every type, as hostile as it can be made. */
const contents = (evil: string): [string, MessageContent][] => {
  const user = { id: markup, name: markup, portraitUri: evil }
  const entry = (objectName: string, content: MessageContent) => ({
    fromUserId: markup,
    fromUserName: markup,
    targetId: markup,
    timestamp: 1,
    objectName,
    content,
  })
  const image = { content: markup, imageUri: evil, width: 1e9, height: -1, user, extra: markup }
  return [
    [MessageType.TEXT, { content: markup, user, extra: markup }],
    [MessageType.IMAGE, image],
    [MessageType.IMAGE, { content: `iVBORw0KGgoAAAANSUhEUg==${markup}`, imageUri: evil }],
    [MessageType.GIF, { remoteUrl: evil, gifDataSize: -1, width: NaN, height: 0 }],
    [MessageType.FILE, { name: `${markup}.pdf`, size: -5, type: markup, fileUrl: evil }],
    [MessageType.SIGHT, { sightUrl: evil, content: markup, duration: -1, size: -1, name: markup }],
    [MessageType.HQ_VOICE, { remoteUrl: evil, duration: 1e12, type: markup }],
    [MessageType.LOCATION, { longitude: 1e99, latitude: -1e99, poi: markup, content: markup }],
    [MessageType.RICH_CONTENT, { title: markup, content: markup, imageUri: evil, url: evil }],
    [
      MessageType.REFERENCE,
      {
        content: markup,
        referMsgUserId: markup,
        referMsgUid: markup,
        objName: MessageType.IMAGE,
        referMsg: image,
      },
    ],
    [
      MessageType.REFERENCE,
      { content: markup, referMsgUserId: 'bob', objName: markup, referMsg: markup },
    ],
    [
      MessageType.COMBINE,
      {
        title: markup,
        nameList: [markup, { toString: 'no' }],
        summaryList: [markup, 5, null],
        msgNum: -3,
        conversationType: 1,
        msgList: [
          null,
          entry(MessageType.TEXT, { content: markup }),
          entry(MessageType.IMAGE, image),
          entry(markup, { content: markup }),
        ],
      },
    ],
    [MessageType.INFORMATION_NOTIFICATION, { message: markup }],
    [
      MessageType.GROUP_NOTIFICATION,
      { operatorUserId: markup, operation: markup, data: markup, message: markup },
    ],
    [
      MessageType.GROUP_NOTIFICATION,
      {
        operatorUserId: 'bob',
        operation: 'Rename',
        data: JSON.stringify({ operatorNickname: markup, targetGroupName: markup }),
        message: markup,
      },
    ],
    [MessageType.RECALL_NOTIFICATION, { operatorId: markup, recallContent: markup }],
  ]
}

/** Shadow roots of elements in shadow roots too. */
function everything(root: ParentNode): Element[] {
  return [...root.querySelectorAll('*')].flatMap((element) => [
    element,
    ...(element.shadowRoot ? everything(element.shadowRoot) : []),
  ])
}

function expectNothingButText(list: MessageList): void {
  for (const element of everything(list.shadowRoot!)) {
    expect(element.localName).not.to.be.oneOf(['script', 'iframe', 'object', 'embed'])
    for (const { name, value } of element.attributes) {
      expect(name.startsWith('on'), `${element.localName} ${name}`).to.equal(false)
      if (!['href', 'src', 'srcset', 'action', 'formaction', 'xlink:href'].includes(name)) continue
      const scheme = new URL(value, location.href).protocol
      const allowed = ['http:', 'https:', 'mailto:', 'tel:', 'blob:']
      const isThumbnail = /^data:image\/(png|jpeg|gif|webp);base64,[A-Za-z0-9+/]+=*$/.test(value)
      expect(allowed.includes(scheme) || isThumbnail, `${name}="${value}"`).to.equal(true)
    }
  }
  expect('hacked' in window).to.equal(false)
}

describe('hostile messages in <message-list>', () => {
  let people: People

  beforeEach(async () => {
    people = await twoPeople({
      service: { getUserProfile: (id) => ({ id, name: markup, portraitUri: addresses[0]! }) },
    })
    people.alice.kit.on('error', () => undefined)
  })

  afterEach(async () => {
    closeLists()
    await people.end()
  })

  for (const evil of addresses) {
    it(`show as text and lead nowhere: ${JSON.stringify(evil)}`, async () => {
      for (const [type, body] of contents(evil)) await send(people.bob, withAlice, type, body)
      await say(people.bob, withAlice, 'the end')
      const list = openList(people.alice, withBob)
      // High enough for all of them to be drawn.
      list.style.blockSize = '12000px'
      await rowWith(list, 'the end')
      await until(() => rowsOf(list).length === contents(evil).length + 1)
      await list.updateComplete
      expectNothingButText(list)

      // Whatever can be pressed is pressed: nothing that follows may be more than text.
      list.addEventListener('tapMessage', (event) => {
        expect(event.detail.type === 'hqvoice' || event.detail.url === '').to.equal(true)
      })
      for (const button of list.shadowRoot!.querySelectorAll<HTMLElement>(
        '.rows button:not(.quote)',
      )) {
        button.click()
      }
      await until(() => inside(inside(list, 'im-combined-dialog')!, '.entry'))
      await list.updateComplete
      expectNothingButText(list)
    })
  }

  it('do not stop the menu', async () => {
    await send(people.bob, withAlice, MessageType.TEXT, { content: markup })
    const list = openList(people.alice, withBob)
    await openMenu(list, await rowWith(list, 'script'))
    expectNothingButText(list)
  })
})
