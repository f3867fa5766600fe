/** Beginning and end: `init`, `connect`, `disconnect`, and what is known of the connection. */
import type { Backend } from '../backends/backend.js'
import type { TokenSource } from '../core/client.js'
import { ErrorCode, IMError } from '../model/errors.js'
import { ConnectionStatus, type AreaCode, type LogL } from './enums.js'
import { clearEventListeners } from './events.js'
import { endPageClient, isPageClientStarted, pageClient, startPageClient } from './page-client.js'
import { reportError, warn } from './reporting.js'
import { failure, result, type IAsyncRes } from './results.js'

export interface IInitOption {
  /** Names your application: any text. Keys the databases in the browser. */
  appkey: string
  /**
   * Where messages go; not in the original. Without one they stay in this browser: the embedded
   * backend of `imkit/backends/local`, whose tokens are made by `localToken(userId)`.
   */
  backend?: Backend
  /**
   * Asked for a new token when the one given to `connect` has expired; not in the original. What it
   * gives is used from then on; if it gives nothing, `Events.DISCONNECT` tells of 31020.
   */
  getToken?: TokenSource
  /** What is written to the console: `LogL.ERROR` errors only, `LogL.WARN` (default) warnings too. */
  logOutputLevel?: LogL
  /** Which of the vendor's data centres an app key lives in. Backends have an address of their own. */
  areaCode?: AreaCode
  /** The vendor's addresses, for private clouds. Backends have an address of their own. */
  navigators?: string[]
  uploadDomain?: string
}

/**
 * Starts the page's client. Call it once, before everything else; a second call with the same
 * appkey is ignored, unless it names the backend that the first one left open.
 * @throws IMError 33003 without an appkey, with another one than before, with a second backend
 */
export function init(options: IInitOption): void {
  const isRepeated = isPageClientStarted()
  startPageClient(options)
  if (isRepeated && !options.backend) warn('init() was called before; calling it once is enough.')
}

/** Logs out, removes all listeners and forgets the client: `init` can be called again. */
export async function destroy(): Promise<void> {
  await disconnect()
  clearEventListeners()
  await endPageClient()
}

/**
 * Logs in. What the user has stored is there as soon as this resolves, with or without a network.
 *
 * `code`: 0 connected · 30002 no connection yet: `data` is there all the same, the client keeps
 * trying, and `Events.CONNECTED` tells · 31004 wrong token · 31020 expired token · 31009 blocked
 * user · 33001 before `init` · 33002 no database · 33003 no token · 33006 connecting already ·
 * 34001 connected already · 35007 trying again already.
 */
export async function connect(token: string): Promise<IAsyncRes<{ userId: string }>> {
  const connected = await result(async () => ({ userId: await pageClient().connect(token) }))
  if (!connected.data || getConnectionStatus() === ConnectionStatus.CONNECTED) return connected
  return failure(
    new IMError(
      ErrorCode.RC_NET_UNAVAILABLE,
      'There is no connection yet. It is tried again by itself; what is stored can be read meanwhile.',
    ),
    connected.data,
  )
}

/** Logs out. Everything stays stored for the next login. Safe to call at any time. */
export async function disconnect(): Promise<void> {
  try {
    if (isPageClientStarted()) await pageClient().disconnect()
  } catch (error) {
    reportError(error, 'disconnecting')
  }
}

/** A number of `ConnectionStatus`; 2 (disconnected) before `init`. */
export function getConnectionStatus(): ConnectionStatus {
  const status: number = isPageClientStarted() ? pageClient().status : ConnectionStatus.DISCONNECTED
  return status
}

/** Unix milliseconds by the server's clock; this device's before there is a connection. */
export function getServerTime(): number {
  return isPageClientStarted() ? pageClient().serverTime() : Date.now()
}

/** Empty while nobody is logged in. */
export function getCurrentUserId(): string {
  return isPageClientStarted() ? pageClient().userId : ''
}

/** Tells this device from the user's others, kept with their data; empty while nobody is logged in. */
export function getDeviceId(): string {
  return isPageClientStarted() ? pageClient().deviceId : ''
}

/**
 * An address this page can load, for the addresses in messages (`imageUri`, `fileUrl`, …); not in
 * the original. `http(s):` comes back as it is, a backend's own scheme as `blob:`, valid until
 * the user logs out.
 * `code`: 30002 no connection · 33003 an address no page can load.
 */
export function getLoadableUrl(uri: string): Promise<IAsyncRes<string>> {
  return result(() => pageClient().fileUrl(uri))
}
