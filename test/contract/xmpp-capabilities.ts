import type { Capability } from '../../src/backends/backend.js'

/** What every server can do that `backends/xmpp` works with. */
export const onAnyServer: readonly Capability[] = [
  'recall',
  'edit',
  'reactions',
  'expansion',
  'statusMessages',
  'deleteForMe',
  'files',
  'profiles',
]
