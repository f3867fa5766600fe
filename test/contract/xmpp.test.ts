import { escapeId } from '../../src/backends/xmpp/addresses.js'
import { xmpp } from '../../src/backends/xmpp/index.js'
import { describeBackend } from './backend-contract.js'
import { onAnyServer } from './xmpp-capabilities.js'
import { onServer } from './xmpp-harness.js'

describeBackend('xmpp', {
  capabilities: [
    ...onAnyServer,
    'groups',
    'groupReceipts',
    'directedMessages',
    'blockList',
    'presence',
  ],
  ...onServer({ xmpp, escapeId }),
})
