/**
 * One connection for many tabs: wraps a backend so that the tabs in which one user is logged in
 * share one session of it. For servers to which every connection is a cost; `local` needs none of
 * this.
 *
 * The tab that has a Web Lock holds the session, the others speak to it through channels. The lock
 * ends with its tab, however that ends, and goes to the next one in the queue, which connects with
 * its own token. The sessions of the others go on: what they had asked is asked again
 * (`session-calls.ts` says what may be), and each catches up from where it was.
 */
import type { Backend } from '../backend.js'
import { groupOf } from './tab-group.js'
import { connectTab } from './tab.js'

/**
 * @param server tells the servers of one kind of backend from each other, the address for example:
 *   tabs that connect to different ones do not share
 */
export function sharedConnection(backend: Backend, server = backend.name): Backend {
  const userIdOf = backend.userIdOf?.bind(backend)
  return {
    name: backend.name,
    ...(userIdOf ? { userIdOf } : {}),
    connect(credentials, sink) {
      const userId = userIdOf?.(credentials.token)
      // Who can't be named before there is a connection finds no others to share it with.
      if (userId === undefined || !canShare()) return backend.connect(credentials, sink)
      return connectTab(
        backend,
        groupOf(backend.name, server, userId, credentials),
        credentials,
        sink,
      )
    },
  }
}

/** Not in Node, nor on pages that did not come by https. */
function canShare(): boolean {
  const { locks } = (globalThis.navigator as Navigator | undefined) ?? {}
  return locks !== undefined && typeof BroadcastChannel !== 'undefined'
}
