import { uuidv7 } from '../../src/model/identity.js'
import type { MessageContent } from '../../src/model/content.js'

/** A message in the server's own name, as an application's server writes it: server/README.md. */
export function systemStanza(messageType: string, content: MessageContent): string {
  const message = {
    messageUId: uuidv7(),
    messageType,
    content,
    isPersisted: true,
    isCounted: true,
    isStatusMessage: false,
  }
  const json = JSON.stringify({ imkit: message }).replaceAll('&', '&amp;').replaceAll('<', '&lt;')
  return `<message type="chat" id="${message.messageUId}"><json xmlns="urn:xmpp:json:0">${json}</json><store xmlns="urn:xmpp:hints"/></message>`
}
