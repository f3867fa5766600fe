import type { Capability } from '../../src/backends/backend.js'

/** What the embedded service can do, however one is connected to it. */
export const localCapabilities: Capability[] = [
  'recall',
  'expansion',
  'edit',
  'reactions',
  'groupReceipts',
  'directedMessages',
  'statusMessages',
  'deleteForMe',
  'conversations',
  'groups',
  'files',
  'profiles',
  'blockList',
  'presence',
]
