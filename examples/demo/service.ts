/**
 * The service that all people of the demo share: the embedded one, in all tabs, or with
 * `npm run start:server` a real one.
 */
import type { Backend } from '../../src/backends/backend.js'
import {
  local,
  localToken,
  type LocalOptions,
  type LocalUser,
} from '../../src/backends/local/index.js'

interface Server {
  url: string
  domain: string
  /** by user */
  tokens: Record<string, string>
}

/** The real one, as `scripts/start-server.js` tells the page; undefined: the embedded one. */
export const server = readServer()

function readServer(): Server | undefined {
  type PageMeta = ImportMeta & { env: Record<string, string | undefined> }
  const told = (import.meta as PageMeta).env.VITE_IMKIT_SERVER
  return told === undefined ? undefined : (JSON.parse(told) as Server)
}

/** Names what the browser keeps: each service's apart. */
export const appkey = server ? 'imkit-demo-server' : 'imkit-demo'

/** Who is who: the service hosts the profiles, so the kits need no callbacks. */
const users: readonly LocalUser[] = [
  { id: 'alice', name: 'Alice' },
  { id: 'bob', name: 'Bob' },
  { id: 'carol', name: 'Carol' },
  { id: 'mei', name: '陈美' },
  { id: 'noor', name: 'نور الهدى' },
  { id: 'imkit', name: 'imkit' },
]

export const people = ['alice', 'bob', 'carol'] as const
export type Person = (typeof people)[number]

export function nameOf(id: string): string {
  return users.find((user) => user.id === id)?.name ?? id
}

/** One person's end of the service. */
export interface End {
  backend: Backend
  token: string
  /** Pulls the plug, or puts it in again, where the service is one that has it. */
  setOnline?(isOnline: boolean): void
}

/** Each person has an own one, so that one alone can be unplugged. */
export async function openEnd(userId: string): Promise<End> {
  if (!server) {
    const backend = openEmbedded()
    return {
      backend,
      token: localToken(userId),
      setOnline: (isOnline) => backend.setOnline(isOnline),
    }
  }
  const { xmpp } = await import('../../src/backends/xmpp/index.js')
  const { url, domain, tokens } = server
  return { backend: xmpp({ url, domain }), token: tokens[userId] ?? '' }
}

export function openEmbedded(options: LocalOptions = {}) {
  return local({ name: appkey, users, ...options })
}
