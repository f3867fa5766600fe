/**
 * ejabberd as somebody has it already, without imkit's own modules: each side of a private
 * conversation then has places of its own.
 */
import { escapeId } from '../../src/backends/xmpp/addresses.js'
import { xmpp } from '../../src/backends/xmpp/index.js'
import type { BackendUnderTest } from './backend-harness.js'
import { describeConnecting } from './connecting.js'
import { describeDeleteForMe } from './delete-for-me.js'
import { describeGroups } from './groups.js'
import { describeReceipts } from './receipts.js'
import { describeRecall } from './recall.js'
import { describeSending } from './sending.js'
import { describeSettings } from './settings.js'
import { onAnyServer } from './xmpp-capabilities.js'
import { onServer } from './xmpp-harness.js'

const capabilities: BackendUnderTest['capabilities'] = [...onAnyServer, 'groups']

describe("backend xmpp on ejabberd without imkit's modules", () => {
  const backend = { capabilities, ...onServer({ xmpp, escapeId }, { hasOwnModules: false }) }
  describeSending(backend)
  describeReceipts(backend)
  describeDeleteForMe(backend)
  describeGroups(backend)
})

describe("backend xmpp on ejabberd 23.01 without imkit's modules", () => {
  const setup = { hasOwnModules: false, version: '23.01' }
  const backend = { capabilities, ...onServer({ xmpp, escapeId }, setup) }
  describeConnecting(backend)
  describeSettings(backend)
  describeRecall(backend)
  describeGroups(backend)
})
