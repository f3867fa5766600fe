/** The ejabberd that Debian 12 has by itself, where other releases may answer otherwise. */
import { escapeId } from '../../src/backends/xmpp/addresses.js'
import { xmpp } from '../../src/backends/xmpp/index.js'
import { describeCatchUp } from './catch-up.js'
import { describeConnecting } from './connecting.js'
import { describeDirectedMessages } from './directed-messages.js'
import { describeGroups } from './groups.js'
import { describeHistory } from './history.js'
import { describeRecall } from './recall.js'
import { describeReceipts } from './receipts.js'
import { describeSettings } from './settings.js'
import { onAnyServer } from './xmpp-capabilities.js'
import { onServer } from './xmpp-harness.js'
import type { BackendUnderTest } from './backend-harness.js'

const backend: BackendUnderTest = {
  capabilities: [
    ...onAnyServer,
    'groups',
    'groupReceipts',
    'directedMessages',
    'blockList',
    'presence',
  ],
  ...onServer({ xmpp, escapeId }, { version: '23.01' }),
}

describe('backend xmpp on ejabberd 23.01', () => {
  describeConnecting(backend)
  describeHistory(backend)
  describeCatchUp(backend)
  describeSettings(backend)
  describeReceipts(backend)
  describeRecall(backend)
  describeGroups(backend)
  describeDirectedMessages(backend)
})
