/**
 * What a client goes through, one line an event: for the log and the debugging panel. Loaded when
 * one of them is used. Says who, where and which, never what was written.
 */
import type { ClientEvent, IMClientEvents } from '../core/client-events.js'
import type { IMClient } from '../core/client.js'
import type { ConnectionStatus } from '../model/connection-status.js'
import type { ConversationId } from '../model/conversation.js'
import type { Message } from '../model/message.js'

export interface Step {
  name: ClientEvent[0]
  text: string
  /** Worth knowing without looking for something. */
  isMain: boolean
}

const main: ReadonlySet<ClientEvent[0]> = new Set([
  'status',
  'opened',
  'closed',
  'cleared',
  'sendFailed',
])

// Names of its own: an import at run time would tear the modules that are loaded at start apart.
const statuses: Readonly<Record<ConnectionStatus, keyof typeof ConnectionStatus>> = {
  0: 'CONNECTED',
  1: 'CONNECTING',
  2: 'DISCONNECTED',
  3: 'NETWORK_UNAVAILABLE',
  4: 'SOCKET_UNAVAILABLE',
  6: 'KICKED_OFFLINE_BY_OTHER_CLIENT',
  9: 'BLOCKED',
  12: 'DOMAIN_INCORRECT',
}

const placeOf = ({ conversationType, targetId, channelId }: ConversationId) =>
  [conversationType, targetId, channelId].filter(Boolean).join('/')

const ofMessage = (message: Message) =>
  `${message.messageType} ${message.messageUId} in ${placeOf(message)}`

const descriptions: {
  [Name in keyof IMClientEvents]: (detail: IMClientEvents[Name]) => string
} = {
  status: ({ status, reason }) =>
    `${statuses[status]}${reason ? ` (${reason.name}: ${reason.message})` : ''}`,
  opened: ({ userId }) => userId,
  closing: ({ userId }) => userId,
  closed: ({ userId }) => userId,
  cleared: ({ userId }) => userId,
  change: ({ fromOtherTab, messages }) =>
    `messages of ${messages.size} conversations${fromOtherTab ? ', by another tab' : ''}`,
  messages: ({ messages }) => messages.map(ofMessage).join(', '),
  offlineMessagesPulled: () => '',
  readReceipt: ({ conversation, sendUserId }) => `${sendUserId} in ${placeOf(conversation)}`,
  receiptRequest: ({ conversation, messageUId }) => `${messageUId} in ${placeOf(conversation)}`,
  receiptResponse: ({ conversation, receivedUserId }) =>
    `${receivedUserId} in ${placeOf(conversation)}`,
  recalled: ({ message }) => ofMessage(message),
  modified: ({ message }) => ofMessage(message),
  reaction: ({ conversation, messageUId, senderUserId, reactions }) =>
    `${reactions.length} from ${senderUserId} to ${messageUId} in ${placeOf(conversation)}`,
  expansion: ({ conversation, messageUId }) => `${messageUId} in ${placeOf(conversation)}`,
  typing: ({ conversation, list }) => `${list.length} in ${placeOf(conversation)}`,
  groups: ({ changes }) => `${changes.length} changes`,
  blockList: ({ userIds }) => `${userIds.length} people`,
  presence: ({ states }) =>
    states.map(({ userId, isOnline }) => `${userId} ${isOnline ? 'online' : 'offline'}`).join(', '),
  upload: ({ messageUId, percent }) => `${messageUId} ${percent} %`,
  statusMessage: ({ message }) => `${message.messageType} in ${placeOf(message)}`,
  sending: ({ message }) => ofMessage(message),
  sent: ({ message }) => ofMessage(message),
  sendFailed: ({ message, error }) => `${ofMessage(message)} (${error.name}: ${error.message})`,
}

/** Gives the function that ends it. */
export function followCourse(client: IMClient, tell: (step: Step) => void): () => void {
  const follow = <Name extends ClientEvent[0]>(name: Name) =>
    client.events.on(name, (detail) =>
      tell({ name, text: descriptions[name](detail), isMain: main.has(name) }),
    )
  const offs = (Object.keys(descriptions) as ClientEvent[0][]).map(follow)
  return () => {
    for (const off of offs) off()
  }
}
