/** The embedded service that all people of the demo share, in all tabs. */
import { local, type LocalOptions, type LocalUser } from '../../src/backends/local/index.js'

export const appkey = 'imkit-demo'

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

/** One end of the service. Each person has an own one, so that one alone can be unplugged. */
export function openService(options: LocalOptions = {}) {
  return local({ name: appkey, users, ...options })
}
