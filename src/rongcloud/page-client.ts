/**
 * The page's one client. `RongIMLib.init()` and `imkit.init()` both start it, in whichever order
 * they come; everything else in this folder asks for it.
 */
import type { Backend } from '../backends/backend.js'
import { local } from '../backends/local/index.js'
import { IMClient, type TokenSource } from '../core/client.js'
import { ErrorCode, IMError, invalidParameter } from '../model/errors.js'
import type { LogL } from './enums.js'
import { relayEvents } from './event-relay.js'
import { reportError, setOutputLevel, warn } from './reporting.js'

export interface PageClientOptions {
  appkey: string
  backend?: Backend
  getToken?: TokenSource | undefined
  logOutputLevel?: LogL
}

const endings: (() => Promise<void>)[] = []
let page: { client: IMClient; backend: SettledBackend; getToken?: TokenSource } | undefined

/**
 * Makes the client, or adds what an earlier call for the same appkey left open.
 * @throws IMError 33003 without an appkey, with another one, or with a second backend
 */
export function startPageClient(options: PageClientOptions): IMClient {
  const { appkey, backend, getToken, logOutputLevel } = options ?? {}
  if (page && page.client.appkey !== appkey) {
    throw invalidParameter(
      `This page already runs with the appkey "${page.client.appkey}", not "${appkey}". Pass the same one to RongIMLib.init() and imkit.init(), or await RongIMLib.destroy() first.`,
    )
  }
  page ??= newPage(appkey)
  if (backend) page.backend.settle(backend)
  if (getToken) page.getToken = getToken
  if (logOutputLevel !== undefined) setOutputLevel(logOutputLevel)
  return page.client
}

/** @throws IMError 33001 before `init` */
export function pageClient(): IMClient {
  if (page) return page.client
  throw new IMError(
    ErrorCode.BIZ_ERROR_CLIENT_NOT_INIT,
    'Nothing was initialised: call RongIMLib.init({ appkey }) first.',
  )
}

export function isPageClientStarted(): boolean {
  return page !== undefined
}

/** Logs out and forgets the client: the next `init` makes another one. */
export async function endPageClient(): Promise<void> {
  const ending = page?.client
  page = undefined
  await ending?.disconnect()
  for (const end of endings) await end()
  ending?.events.clear()
}

/** For who shares the client and has to let go of it. */
export function onPageClientEnd(end: () => Promise<void>): void {
  endings.push(end)
}

function newPage(appkey: string) {
  const backend = new SettledBackend()
  const client = new IMClient({
    appkey,
    backend,
    report: reportError,
    // Whichever `init` brings it.
    get getToken() {
      return page?.getToken
    },
  })
  relayEvents(client)
  return { client, backend }
}

/** Whichever `init` names the backend; the embedded one, if none has when somebody connects. */
class SettledBackend implements Backend {
  #backend: Backend | undefined

  get name(): string {
    return this.#settled().name
  }

  /** @throws IMError 33003 for a second backend */
  settle(backend: Backend): void {
    if (this.#backend && this.#backend !== backend) {
      throw invalidParameter(
        'This page already has a backend. Pass one to the first of RongIMLib.init() and imkit.init(), before connecting.',
      )
    }
    this.#backend = backend
  }

  userIdOf(token: string): string | undefined {
    return this.#settled().userIdOf?.(token)
  }

  connect(...call: Parameters<Backend['connect']>): ReturnType<Backend['connect']> {
    return this.#settled().connect(...call)
  }

  #settled(): Backend {
    if (!this.#backend) {
      warn(
        'no backend was given to init(), so messages stay in this browser, and tokens are those that localToken(userId) of "imkit/backends/local" makes.',
      )
      this.#backend = local()
    }
    return this.#backend
  }
}
