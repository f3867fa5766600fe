/** Prosody as Debian has it: a small server, without groups that imkit could use. */
import { escapeId } from '../../src/backends/xmpp/addresses.js'
import { passwordToken, xmpp } from '../../src/backends/xmpp/index.js'
import { describeBackend } from './backend-contract.js'
import { onAnyServer } from './xmpp-capabilities.js'
import { onProsody } from './prosody-harness.js'

describeBackend('xmpp on Prosody', {
  capabilities: onAnyServer,
  ...onProsody({ xmpp, escapeId, passwordToken }),
})
