/** The contract on a real server, reached over a link that can break. */
import type { Backend } from '../../src/backends/backend.js'
import { limits as documented } from '../../src/model/limits.js'
import { eventually } from '../support/chat-service.js'
import { systemStanza } from '../support/system-stanza.js'
import { TestServer, type ServerSetup } from '../support/test-server.js'
import type { BackendHarness, BackendUnderTest, ServiceLimits } from './backend-harness.js'

/** What of `src/backends/xmpp` the harness needs. */
export interface XmppUnderTest {
  xmpp(options: {
    url: string
    domain: string
    limits: Partial<Omit<ServiceLimits, 'catchUpLimit'>>
    catchUpLimit: number
    resumeFor: number
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
    means: [
      'systemMessages',
      'linkFailure',
      'expiringTokens',
      // One of imkit's modules sees to it.
      ...(setup.hasOwnModules === false ? [] : (['samePlaces'] as const)),
    ],
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
      const { url } = link
      return {
        // A session that goes on over another connection is not broken by a cut.
        backend: xmpp({ url, domain: server.domain, limits, catchUpLimit, resumeFor: 0 }),
        tokenOf: (userId) => tokenOf(userId),
        expiredTokenOf: (userId) => tokenOf(userId, -1),
        sendSystemMessage: (userId, { senderUserId, messageType, content }) =>
          server.call('send_stanza', {
            from: `${server.domain}/${escapeId(senderUserId)}`,
            to: `${escapeId(userId)}@${server.domain}`,
            stanza: systemStanza(messageType, content),
          }),
        newBrowser: () => server.newBrowser(),
        untilAway: (userId) => {
          const user = { user: escapeId(userId), host: server.domain }
          return eventually(`${userId} is away`, async () => {
            return ((await server.call('user_resources', user)) as unknown[]).length === 0
          })
        },
        breakLinks: () => link.cut(),
        tearDown: () => link.close(),
      }
    },
  }
}
