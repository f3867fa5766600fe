/**
 * `imkit/backends/xmpp`: chat over a server of one's own, ejabberd in the first place, on which
 * `server/` has everything. Users log in with the tokens that the host's server signs, or with
 * passwords where the server has those.
 */
import type { Backend } from '../backend.js'
import { sharedConnection } from '../shared/index.js'
import type { XmppOptions } from './options.js'
import { XmppBackend } from './xmpp-backend.js'

export type { XmppLimits, XmppOptions } from './options.js'
export { passwordToken } from './token.js'

/** The tabs in which a user of one device is logged in share one connection. */
export function xmpp(options: XmppOptions): Backend {
  return sharedConnection(new XmppBackend(options), options.url)
}
