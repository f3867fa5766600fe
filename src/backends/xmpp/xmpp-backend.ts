/** The backend on an XMPP server: logs in, and gives sessions. */
import { ErrorCode, IMError } from '../../model/errors.js'
import { uuidv7 } from '../../model/identity.js'
import type { Backend, BackendSession, BackendSink, Credentials } from '../backend.js'
import { LastingStream } from './lasting-stream.js'
import { rulesFrom, type XmppOptions, type XmppRules } from './options.js'
import { XmppSession } from './session.js'
import { readToken } from './token.js'

export class XmppBackend implements Backend {
  readonly name = 'xmpp'
  readonly #rules: XmppRules

  constructor(options: XmppOptions) {
    this.#rules = rulesFrom(options)
  }

  userIdOf(token: string): string | undefined {
    return readToken(token)?.userId
  }

  /**
   * @throws IMError 31004, 31020, 31009 for the token or the password, 31022 for a domain the server does not serve;
   *   30019 without a network; 30010, 31000 and the like when nobody answers; 30001 when the attempt was aborted
   */
  async connect(credentials: Credentials, sink: BackendSink): Promise<BackendSession> {
    const { token, deviceId, signal } = credentials
    const { url, domain, resumeFor, maxSilence } = this.#rules
    const claims = readToken(token)
    if (!claims) {
      throw new IMError(
        ErrorCode.RC_CONN_TOKEN_INCORRECT,
        'This is no token: it has to be the JSON Web Token your server signs for the user, or what passwordToken() gives.',
      )
    }
    const { local, userId, expires } = claims
    const secret = {
      password: claims.password ?? token,
      isOwnPassword: claims.password !== undefined,
    }
    // The tabs of a device share its id, but not a session.
    const resource = `${deviceId}.${uuidv7().slice(-8)}`
    const login = { url, domain, local, ...secret, expires, resource, resumeFor, signal }
    const stream = await LastingStream.begin(login, userId, maxSilence)
    return XmppSession.begin(stream, sink, this.#rules)
  }
}
