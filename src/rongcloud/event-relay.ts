/** Turns what the client tells into the original's events. */
import type { IMClient } from '../core/client.js'
import type { IMClientEvents } from '../core/client-events.js'
import { ConnectionStatus } from '../model/connection-status.js'
import { ErrorCode } from '../model/errors.js'
import { ConversationNews } from './conversation-news.js'
import { Events, raise } from './events.js'
import { recallNotice } from './recall-notice.js'
import { toConversationOption, toReceivedMessage, toUnkeptMessage } from './received.js'

/** Relays for as long as the client lives. */
export function relayEvents(client: IMClient): void {
  const { events } = client
  const news = new ConversationNews(client)
  let isDown = true
  events.on('status', (change) => {
    // A refused first attempt is told twice: as lost, and as given up.
    const wasDown = isDown
    isDown = !isGoingOn(change.status)
    if (!isDown || !wasDown) raiseStatus(change)
  })
  events.on('messages', ({ messages }) =>
    raise(Events.MESSAGES, { messages: messages.map(toReceivedMessage) }),
  )
  events.on('statusMessage', ({ message }) =>
    raise(Events.MESSAGES, { messages: [toUnkeptMessage(message, client.userId)] }),
  )
  events.on('recalled', ({ message, isOwn }) => {
    if (isOwn) return
    raise(Events.MESSAGES, { messages: [toReceivedMessage(recallNotice(client, message))] })
  })
  events.on('offlineMessagesPulled', () => raise(Events.PULL_OFFLINE_MESSAGE_FINISHED))
  events.on('readReceipt', (receipt) => raise(Events.READ_RECEIPT_RECEIVED, receipt))
  events.on('receiptRequest', (request) => raise(Events.MESSAGE_RECEIPT_REQUEST, request))
  events.on('receiptResponse', (response) => raise(Events.MESSAGE_RECEIPT_RESPONSE, response))
  events.on('expansion', raiseExpansion)
  events.on('typing', ({ conversation, list }) =>
    raise(Events.TYPING_STATUS, { status: [{ ...toConversationOption(conversation), list }] }),
  )
  events.on('change', ({ conversations }) => news.add(conversations))
  events.on('closed', () => news.forget())
}

/** Connected, or somebody is at it. */
function isGoingOn(status: ConnectionStatus): boolean {
  return status <= ConnectionStatus.SOCKET_UNAVAILABLE && status !== ConnectionStatus.DISCONNECTED
}

function raiseStatus({ status, reason }: IMClientEvents['status']): void {
  switch (status) {
    case ConnectionStatus.CONNECTED:
      raise(Events.CONNECTED)
      break
    case ConnectionStatus.CONNECTING:
      raise(Events.CONNECTING)
      break
    case ConnectionStatus.NETWORK_UNAVAILABLE:
    case ConnectionStatus.SOCKET_UNAVAILABLE:
      raise(Events.SUSPEND, reason?.code ?? ErrorCode.RC_NET_UNAVAILABLE)
      break
    default:
      raise(Events.DISCONNECT, reason?.code ?? ErrorCode.ACTIVE_DISCONNECT)
  }
}

function raiseExpansion({
  conversation,
  messageUId,
  put,
  remove,
}: IMClientEvents['expansion']): void {
  const message = { ...toConversationOption(conversation), messageUId }
  if (put && Object.keys(put).length) {
    raise(Events.EXPANSION, { updatedExpansion: { ...message, expansion: put } })
  }
  if (remove?.length) {
    raise(Events.EXPANSION, { deletedExpansion: { ...message, deletedKeys: remove } })
  }
}
