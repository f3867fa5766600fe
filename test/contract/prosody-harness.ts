/** The contract on a Prosody, reached over a link that can break. */
import { limits as documented } from '../../src/model/limits.js'
import { TestProsody } from '../support/test-server.js'
import type { BackendHarness, BackendUnderTest } from './backend-harness.js'
import type { XmppUnderTest } from './xmpp-harness.js'

/** What of `src/backends/xmpp` the harness needs besides. */
export interface XmppWithPasswords extends XmppUnderTest {
  passwordToken(userId: string, password: string): string
}

/** As `onServer`, with users who have passwords. */
export function onProsody({
  xmpp,
  escapeId,
  passwordToken,
}: XmppWithPasswords): Pick<BackendUnderTest, 'means' | 'limits' | 'setUp'> {
  return {
    means: ['linkFailure'],
    // What finds room in a stanza there; the backend sees that by itself.
    limits: { messageSize: 60 * 1024 },
    async setUp({ catchUpLimit, messageSize: _, ...limits }): Promise<BackendHarness> {
      const { fileSize } = limits
      const server = await TestProsody.shared(fileSize === documented.fileSize ? {} : { fileSize })
      const link = await server.openLink()
      const { url } = link
      const users = new Set<string>()
      return {
        backend: xmpp({ url, domain: server.domain, limits, catchUpLimit, resumeFor: 0 }),
        async tokenOf(userId) {
          const password = `secret of ${userId}`
          if (!users.has(userId)) await server.createUser(escapeId(userId), password)
          users.add(userId)
          return passwordToken(userId, password)
        },
        breakLinks: () => link.cut(),
        tearDown: () => link.close(),
      }
    },
  }
}
