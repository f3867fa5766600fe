// The server and the companion that `test/run.js` has started, as each test file finds them.

import { env } from 'node:process'

/**
 * @typedef {object} Running
 * @property {string} url of the WebSocket
 * @property {string} domain
 * @property {string} companion its address
 * @property {string} rooms
 * @property {{ kty: 'oct', k: string }} key that tokens are signed with
 * @property {string} http of the companion
 * @property {string} database
 * @property {string} service where components connect
 * @property {string} secret
 * @property {string} pushOrigin
 * @property {string} control where `test/run.js` takes orders
 */

if (!env.COMPANION_TEST) throw new Error('Start these tests with `npm test`: they need a server.')

/** @type {Running} */
export const running = JSON.parse(env.COMPANION_TEST)

/**
 * Has `test/run.js` do something to what it has started.
 *
 * @param {'stop-companion' | 'start-companion' | 'kill-server'} order
 */
export async function control(order) {
  const response = await fetch(`${running.control}/${order}`)
  if (!response.ok) throw new Error(await response.text())
}
