/** What a host says when it starts a kit, and the checks that tell it what it forgot. */
import type { Backend } from '../backends/backend.js'
import type { IMClient, TokenSource } from '../core/client.js'
import { ErrorCode, IMError, invalidParameter } from '../model/errors.js'
import { limits } from '../model/limits.js'
import type { CustomDisplayMessage, CustomIntercept, CustomMessage } from './hooks.js'
import type { Logger } from './log.js'
import type { Service } from './service.js'

export interface InitOptions {
  /** Names your application: any text. Keys the databases in the browser. */
  appkey: string
  /** Where messages go, for example `local()`. Not needed after `RongIMLib.init()`. */
  backend?: Backend
  /** Options of the core client. All but `getToken` are the original's, for the RongCloud facade. */
  libOption?: LibOption | object
  /** Who is who. Callbacks the backend answers by itself may be left out. */
  service?: Service
  /** Conversations per page: 1 to 1000, 30 unless said otherwise. */
  conversationPullCount?: number
  /** How custom message types look. */
  customMessage?: CustomMessage
  /** Which conversations and messages are hidden. */
  customIntercept?: CustomIntercept
  /** Rewrites content on its way out or onto the screen. */
  customDisplayMessage?: CustomDisplayMessage
  /** 4 debug, 3 info, 2 warnings (default), 1 errors, 0 nothing: what is written to the log. */
  logOutputLevel?: number
  /** Where the log is written: the console, unless something else with its methods is given. */
  logger?: Logger
  /** The language to begin with, unless the user has chosen another: `zh_CN`. */
  language?: string
  /** Conversations one forward may go to: 1 to 5, 5 unless said otherwise. */
  maxForwardTargets?: number
  /** A client that exists already, instead of `backend`. */
  client?: IMClient
}

export interface LibOption {
  /**
   * Asked for a new token when the one given to `connect` has expired; what it gives is used from
   * then on. Nothing: the user has to log in anew.
   */
  getToken?: TokenSource
}

const callbacks: readonly (keyof Service)[] = [
  'getUserProfile',
  'getConversationProfile',
  'getGroupMembers',
]

/** @throws IMError 33003 that names what is wrong and what to pass instead */
export function checkInitOptions(options: InitOptions): void {
  if (typeof options !== 'object' || options === null) {
    throw invalidParameter('imkit.init() needs options: imkit.init({ appkey, backend, service }).')
  }
  const { appkey, conversationPullCount, maxForwardTargets, service } = options
  if (typeof appkey !== 'string' || !appkey) {
    throw invalidParameter(
      'imkit.init() needs `appkey`: any text that names your application, such as "my-shop".',
    )
  }
  const pull = limits.conversationPullCount
  checkRange('conversationPullCount', conversationPullCount, pull.min, pull.max)
  checkRange('maxForwardTargets', maxForwardTargets, 1, limits.forwardTargets)
  if (service !== undefined && (typeof service !== 'object' || service === null)) {
    throw invalidParameter(
      'imkit.init() takes `service` as an object: { getUserProfile, getConversationProfile, getGroupMembers }.',
    )
  }
  for (const name of callbacks) {
    const callback: unknown = service?.[name]
    if (callback !== undefined && callback !== null && typeof callback !== 'function') {
      throw invalidParameter(`service.${name} must be a function.`)
    }
  }
}

function checkRange(name: string, value: unknown, least: number, most: number): void {
  if (value === undefined) return
  if (!Number.isInteger(value) || (value as number) < least || (value as number) > most) {
    throw invalidParameter(
      `imkit.init() takes \`${name}\` from ${least} to ${most}, not ${JSON.stringify(value)}.`,
    )
  }
}

export function notInitialised(call: string): IMError {
  return new IMError(
    ErrorCode.BIZ_ERROR_CLIENT_NOT_INIT,
    `imkit.${call}() was called before imkit.init(). Call imkit.init({ appkey, backend, service }) first.`,
  )
}
