/** What a backend must do, on a real server with the companion beside it. */
import { escapeId } from '../../src/backends/xmpp/addresses.js'
import { xmpp } from '../../src/backends/xmpp/index.js'
import { describeBackend } from './backend-contract.js'
import { onAnyServer } from './xmpp-capabilities.js'
import { onServer } from './xmpp-harness.js'

describeBackend('xmpp with a companion', {
  capabilities: [
    ...onAnyServer,
    'groups',
    'groupReceipts',
    'directedMessages',
    'blockList',
    'presence',
    'conversations',
    'search',
    'push',
  ],
  ...onServer({ xmpp, escapeId }, { database: 'postgres', hasCompanion: true }),
})
