/**
 * `imkit/backends/local`: an IM service for several users in the browser's own database, shared
 * by all tabs of the origin. For demos, tests, kiosks and pages without a server.
 */
import { LocalBackend } from './local-backend.js'
import type { LocalOptions } from './options.js'

export type { LocalBackend, SystemMessage } from './local-backend.js'
export type { LocalLimits, LocalOptions, LocalUser } from './options.js'
export { localToken } from './token.js'

export function local(options?: LocalOptions): LocalBackend {
  return new LocalBackend(options)
}
