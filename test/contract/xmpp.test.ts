import { escapeId } from '../../src/backends/xmpp/addresses.js'
import { xmpp } from '../../src/backends/xmpp/index.js'
import { describeBackend } from './backend-contract.js'
import { onServer } from './xmpp-harness.js'

describeBackend('xmpp', {
  capabilities: [
    'recall',
    'edit',
    'reactions',
    'expansion',
    'statusMessages',
    'deleteForMe',
    'files',
    'profiles',
    'groups',
    'groupReceipts',
    'directedMessages',
    'blockList',
    'presence',
  ],
  ...onServer({ xmpp, escapeId }),
})
