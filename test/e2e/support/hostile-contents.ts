/** Messages as an enemy would send them. */
import type { SentContent } from '../pages/service.js'

export const hostileTexts = {
  markup: '<> <img src="https://evil.invalid/x" onerror="hacked=1"><svg onload="hacked=1">',
  script: '"\'><script>hacked=1</script><iframe srcdoc="<script>parent.hacked=1</script>">',
  'a script address': 'javascript:hacked=1',
  'a page as an address': 'data:text/html,<script>opener.hacked=1</script>',
}

/** Every content type with a text in every field that takes one; the last one is harmless. */
export function hostileContents(text: string): SentContent[] {
  const user = { id: text, name: text, portraitUri: text, portrait: text, alias: text, extra: text }
  const everywhere = {
    user,
    extra: text,
    mentionedInfo: { type: 2, userIdList: ['alice', text], mentionedContent: text },
  }
  const bodies: [messageType: string, content: object][] = [
    ['RC:TxtMsg', { content: text }],
    ['RC:TxtMsg', { content: `see ${text} or https://example.org/${text} here` }],
    ['RC:ImgMsg', { content: text, imageUri: text }],
    ['RC:GIFMsg', { remoteUrl: text, gifDataSize: 1, width: 10, height: 10 }],
    ['RC:FileMsg', { name: text, size: 10, type: text, fileUrl: text }],
    ['RC:HQVCMsg', { remoteUrl: text, duration: 2, type: text }],
    ['RC:SightMsg', { sightUrl: text, content: text, duration: 2, size: 10, name: text }],
    ['RC:LBSMsg', { longitude: text, latitude: text, poi: text, content: text }],
    ['RC:LBSMsg', { longitude: 1, latitude: 2, poi: text, content: text }],
    ['RC:ImgTextMsg', { title: text, content: text, imageUri: text, url: text }],
    ['RC:ReferenceMsg', quote(text, 'RC:TxtMsg', { content: text, user })],
    ['RC:ReferenceMsg', quote(text, 'RC:ImgMsg', { content: text, imageUri: text })],
    ['RC:ReferenceMsg', quote(text, 'RC:FileMsg', { name: text, fileUrl: text, type: text })],
    ['RC:ReferenceMsg', quote(text, text, { content: text })],
    ['RC:ReferenceMsg', { ...quote(text, 'RC:TxtMsg', {}), referMsg: text }],
    ['RC:CombineV2Msg', combined(text)],
    ['RC:InfoNtf', { message: text }],
    ['RC:RcNtf', { operatorId: text, recallContent: text, originalObjectName: text }],
    ...['Create', 'Add', 'Quit', 'Kicked', 'Rename', 'Dismiss', text].map(
      (operation): [string, object] => ['RC:GrpNtf', groupNotice(text, operation)],
    ),
    ['app:nobody', { content: text, title: text }],
    [text, { content: text }],
  ]
  const sent = bodies.map(([messageType, content]) => ({
    messageType,
    content: { ...everywhere, ...content },
  }))
  return [...sent, { messageType: 'RC:TxtMsg', content: { content: 'the last one' } }]
}

function quote(text: string, objName: string, referMsg: object): object {
  return { content: text, referMsgUserId: text, referMsgUid: text, objName, referMsg }
}

function combined(text: string): object {
  const bodies: [string, object][] = [
    ['RC:TxtMsg', { content: text }],
    ['RC:ImgMsg', { content: text, imageUri: text }],
    ['RC:FileMsg', { name: text, size: 1, type: text, fileUrl: text }],
    ['RC:ImgTextMsg', { title: text, content: text, imageUri: text, url: text }],
    [text, { content: text }],
  ]
  return {
    title: text,
    conversationType: 1,
    nameList: [text, text],
    summaryList: [text, text],
    msgNum: bodies.length,
    msgList: bodies.map(([objectName, content]) => ({
      fromUserId: text,
      fromUserName: text,
      targetId: text,
      timestamp: 1_700_000_000_000,
      objectName,
      content,
    })),
  }
}

function groupNotice(text: string, operation: string): object {
  const data = {
    operatorNickname: text,
    targetUserIds: [text],
    targetUserDisplayNames: [text],
    targetGroupName: text,
  }
  return { operatorUserId: text, operation, data: JSON.stringify(data), message: text }
}
