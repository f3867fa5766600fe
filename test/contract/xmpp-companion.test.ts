/** What a backend must do, where it is asked of the companion beside a real server. */
import { escapeId } from '../../src/backends/xmpp/addresses.js'
import { xmpp } from '../../src/backends/xmpp/index.js'
import { describeCatchUp } from './catch-up.js'
import { describeConversations } from './conversations.js'
import { describeHistory } from './history.js'
import { describePush } from './push.js'
import { describeSearch } from './search.js'
import { onServer } from './xmpp-harness.js'
import type { BackendUnderTest } from './backend-harness.js'

const backend: BackendUnderTest = {
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
    'conversations',
    'search',
    'push',
  ],
  ...onServer({ xmpp, escapeId }, { database: 'postgres', hasCompanion: true }),
}

describe('backend xmpp with a companion', () => {
  describeConversations(backend)
  describeHistory(backend)
  describeCatchUp(backend)
  describeSearch(backend)
  describePush(backend)
})
