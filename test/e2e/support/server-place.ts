/** A place on a real server for one test: a domain of its own, so that `alice` is nobody else's. */
import type { MessageContent } from '../../../src/model/content.js'
import { signToken } from '../../../server/signing-key.js'
import type { Server } from '../../../server/start-server.js'
import { systemStanza } from '../../support/system-stanza.js'
import { nameOf, userIds } from '../pages/directory.js'
import type { TestedServer } from '../pages/test-setting.js'

/** Of the tokens, in seconds. Some tests put the clock of a page on by days. */
const lifetime = 30 * 24 * 3600

let count = 0

export class ServerPlace {
  readonly domain = `test${++count}.localhost`

  constructor(private readonly server: Server) {}

  /** Takes the place of the one before, whose users and data nobody reaches any more. */
  async open({ hasProfiles }: { hasProfiles: boolean }): Promise<void> {
    await this.server.alsoServe([this.domain])
    await Promise.all(
      userIds.map(async (userId) => {
        await this.server.createUser(userId, this.domain)
        if (hasProfiles) await this.#setName(userId)
      }),
    )
  }

  get setting(): TestedServer {
    const tokens = Object.fromEntries(userIds.map((userId) => [userId, this.tokenOf(userId)]))
    return { url: this.server.url, domain: this.domain, tokens }
  }

  tokenOf(userId: string): string {
    return signToken(this.server.key, `${userId}@${this.domain}`, lifetime)
  }

  async sendAsServer(
    userId: string,
    message: { senderUserId: string; messageType: string; content: MessageContent },
  ): Promise<void> {
    await this.server.call('send_stanza', {
      from: `${this.domain}/${message.senderUserId}`,
      to: `${userId}@${this.domain}`,
      stanza: systemStanza(message.messageType, message.content),
    })
  }

  async #setName(userId: string): Promise<void> {
    const card = { user: userId, host: this.domain, name: 'FN', content: nameOf(userId) }
    await this.server.call('set_vcard', card)
  }
}
