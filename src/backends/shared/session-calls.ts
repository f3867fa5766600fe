/** The calls of a session that travel from one tab to another, each under a name. */
import type { BackendSession, Cursor } from '../backend.js'
import { notSupported } from '../../model/errors.js'

type PartName = Exclude<
  keyof BackendSession,
  'userId' | 'capabilities' | 'serverTime' | 'send' | 'history' | 'catchUp' | 'close'
>
type Parts = Required<Pick<BackendSession, PartName>>

/**
 * Every call of every part of a session. true: to do it twice is to do it once, so that the next
 * holder may be asked again what the last one had not answered. false: it leaves a notice or makes
 * something new each time. If the connection changes hands in the midst of such a call nobody knows
 * whether it was done, and whoever made it is told just that.
 */
const parts = {
  settings: { set: true },
  conversations: { list: true },
  search: { messages: true },
  groups: {
    create: false,
    mine: true,
    info: true,
    members: true,
    invite: false,
    leave: false,
    kick: false,
    dismiss: false,
    rename: false,
  },
  // A file that is uploaded twice lies there twice, and its message names the second one.
  files: { upload: true, url: true },
  profiles: { users: true, update: true },
  blockList: { add: true, remove: true },
  presence: { watch: true },
  push: { key: true, subscribe: true, unsubscribe: true },
} satisfies { [Part in PartName]: { [Call in keyof Parts[Part]]-?: boolean } }

/** `send` is known by its message's id; the next batch of `catchUp` is named by the last cursor. */
const repeatable: Record<string, boolean> = { send: true, history: true, catchUp: true }
for (const [part, calls] of Object.entries(parts)) {
  for (const [call, isRepeatable] of Object.entries(calls))
    repeatable[`${part}.${call}`] = isRepeatable
}

/** `send`, `groups.create`; `catchUp` asks for one more batch. */
export type CallName = string

/** What `catchUp` asks with: which stream, and where to go on if the holder does not know it. */
export type CatchUpValues = [stream: number, cursor: Cursor | undefined]

export const isRepeatable = (name: CallName): boolean => repeatable[name] === true

/** Names of the parts a session has. */
export function partsOf(session: BackendSession): string[] {
  return Object.keys(parts).filter((name) => session[name as PartName] !== undefined)
}

/** What runs a call. @throws IMError 35004 for a call that does not exist, or not in this session */
export function callOf(session: BackendSession, name: CallName): (...values: unknown[]) => unknown {
  const [first, second] = name.split('.') as [string, string?]
  const isKnown = Object.hasOwn(repeatable, name)
  const owner: unknown = second ? session[first as PartName] : session
  const call: unknown = isKnown && owner ? Reflect.get(owner, second ?? first) : undefined
  if (typeof call !== 'function') throw notSupported(name)
  return (...values) => Reflect.apply(call, owner, values)
}

/** Names of the calls of a part. */
export function callsOf(part: string): string[] {
  return Object.keys(parts[part as PartName])
}
