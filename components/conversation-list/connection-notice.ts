import type { Words } from '../../src/kit/words.js'
import { ConnectionStatus } from '../../src/model/connection-status.js'

export interface ConnectionNotice {
  text: string
  /** The client mends it by itself: nothing for the user to do. */
  isTrying: boolean
}

/** What to tell the user about the connection; nothing while all is well. */
export function connectionNotice(
  status: ConnectionStatus | undefined,
  words: Words,
): ConnectionNotice | undefined {
  switch (status) {
    case ConnectionStatus.CONNECTING:
    case ConnectionStatus.SOCKET_UNAVAILABLE:
      return { text: words.connecting, isTrying: true }
    case ConnectionStatus.NETWORK_UNAVAILABLE:
      return { text: words.noNetwork, isTrying: false }
    case ConnectionStatus.DISCONNECTED:
    case ConnectionStatus.DOMAIN_INCORRECT:
      return { text: words.disconnected, isTrying: false }
    case ConnectionStatus.KICKED_OFFLINE_BY_OTHER_CLIENT:
      return { text: words.kickedOffline, isTrying: false }
    case ConnectionStatus.BLOCKED:
      return { text: words.blocked, isTrying: false }
    default:
      return undefined
  }
}
