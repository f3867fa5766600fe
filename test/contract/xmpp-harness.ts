/** The contract on a real server, reached over a link that can break. */
import type { Backend } from '../../src/backends/backend.js'
import { limits as documented } from '../../src/model/limits.js'
import { uuidv7 } from '../../src/model/identity.js'
import { TestServer, type ServerSetup } from '../support/test-server.js'
import type { BackendHarness, BackendUnderTest, ServiceLimits } from './backend-harness.js'

/** What of `src/backends/xmpp` the harness needs. */
export interface XmppUnderTest {
  xmpp(options: {
    url: string
    domain: string
    limits: Omit<ServiceLimits, 'catchUpLimit'>
    catchUpLimit: number
  }): Backend
  /** A user's id as the part of an address before the `@`. */
  escapeId(id: string): string
}

/**
 * `means` and `setUp` of a `BackendUnderTest`. One server serves all tests that want the same of it;
 * users are new in each.
 */
export function onServer(
  { xmpp, escapeId }: XmppUnderTest,
  setup: ServerSetup = {},
): Pick<BackendUnderTest, 'means' | 'setUp'> {
  return {
    means: ['systemMessages', 'linkFailure'],
    async setUp({ catchUpLimit, ...limits }): Promise<BackendHarness> {
      // The server's own limit, where a test wants another than the usual one.
      const { fileSize } = limits
      const server = await TestServer.shared(
        fileSize === documented.fileSize ? setup : { ...setup, fileSize },
      )
      const link = await server.openLink()
      const tokenOf = async (userId: string, lifetime?: number) => {
        await server.createUser(escapeId(userId))
        return server.tokenOf(escapeId(userId), lifetime)
      }
      return {
        backend: xmpp({ url: link.url, domain: server.domain, limits, catchUpLimit }),
        tokenOf: (userId) => tokenOf(userId),
        expiredTokenOf: (userId) => tokenOf(userId, -1),
        sendSystemMessage: (userId, { senderUserId, messageType, content }) =>
          server.call('send_stanza', {
            from: `${server.domain}/${escapeId(senderUserId)}`,
            to: `${escapeId(userId)}@${server.domain}`,
            stanza: systemStanza({
              messageUId: uuidv7(),
              messageType,
              content,
              isPersisted: true,
              isCounted: true,
              isStatusMessage: false,
            }),
          }),
        breakLinks: () => link.cut(),
        tearDown: () => link.close(),
      }
    },
  }
}

/** As an application's server writes it; server/README.md tells how. */
function systemStanza(message: { messageUId: string; [field: string]: unknown }): string {
  const json = JSON.stringify({ imkit: message }).replaceAll('&', '&amp;').replaceAll('<', '&lt;')
  return `<message type="chat" id="${message.messageUId}"><json xmlns="urn:xmpp:json:0">${json}</json><store xmlns="urn:xmpp:hints"/></message>`
}
