/** Who shares a connection, and under which names they find each other. */
import type { Credentials } from '../backend.js'
import type { Epoch } from './tab-messages.js'

/** Tabs in which another version of what they say to each other runs are another group. */
const VERSION = 1

export interface TabGroup {
  /** The channel on which all hear all, and the lock of the tab that holds the connection. */
  readonly name: string
  /** The channel on which a holder is asked. Of its own, so that no other tab has to read that. */
  requestsTo(epoch: Epoch): string
  /** The channel on which a tab is answered, and the lock it has while it lives. */
  answersTo(tabId: string): string
}

/**
 * The device is part of it: it stands for one database, and to the server the tabs that share one
 * are one device.
 */
export function groupOf(
  backendName: string,
  server: string,
  userId: string,
  { appkey, deviceId }: Credentials,
): TabGroup {
  const parts = [backendName, VERSION, server, appkey, userId, deviceId]
  const name = `imkit ${JSON.stringify(parts)}`
  return {
    name,
    requestsTo: (epoch) => `${name} requests ${epoch}`,
    answersTo: (tabId) => `${name} answers ${tabId}`,
  }
}
