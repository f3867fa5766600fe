/** Lets the server tell this browser of what comes while no page is open (Push API). */
import type { PushRegistry } from '../../backends/backend.js'

/** To do it again changes nothing. @throws DOMException when the browser refuses; as `registry` does */
export async function subscribeToPushes(
  worker: ServiceWorkerRegistration,
  registry: PushRegistry,
): Promise<void> {
  const key = bytesOf(await registry.key())
  const subscription = await subscribed(worker.pushManager, key)
  const { endpoint, keys: { p256dh = '', auth = '' } = {} } = subscription.toJSON()
  await registry.subscribe({ endpoint: endpoint ?? subscription.endpoint, p256dh, auth })
}

/**
 * Nothing comes to this browser any more. The server need not be asked: the browser's push service
 * tells it with the next push, and it forgets the browser.
 */
export async function endPushes(worker: ServiceWorkerRegistration): Promise<void> {
  const subscription = await worker.pushManager.getSubscription()
  await subscription?.unsubscribe()
}

async function subscribed(
  manager: PushManager,
  key: Uint8Array<ArrayBuffer>,
): Promise<PushSubscription> {
  const known = await manager.getSubscription()
  if (known && isSame(known.options.applicationServerKey, key)) return known
  // Of another server: a browser has one for each worker.
  await known?.unsubscribe()
  return manager.subscribe({ userVisibleOnly: true, applicationServerKey: key })
}

function isSame(known: ArrayBuffer | null, key: Uint8Array): boolean {
  if (known?.byteLength !== key.length) return false
  return new Uint8Array(known).every((byte, index) => byte === key[index])
}

function bytesOf(base64url: string): Uint8Array<ArrayBuffer> {
  const text = atob(base64url.replaceAll('-', '+').replaceAll('_', '/'))
  return Uint8Array.from(text, (character) => character.charCodeAt(0))
}
