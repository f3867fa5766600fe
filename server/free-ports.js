// Ports that stay ours between two starts of a server.

import { createServer } from 'node:net'

/**
 * Below the range that systems give to outgoing connections (Linux from 32768, others from 49152):
 * a port from that range may be somebody's before a server that was stopped is there again.
 */
const first = 20_000
const last = 32_000

/**
 * So many ports of 127.0.0.1 that nobody listens on just now.
 *
 * @param {number} count
 * @returns {Promise<number[]>}
 */
export async function freePorts(count) {
  /** @type {Set<number>} */
  const ports = new Set()
  while (ports.size < count) {
    const port = first + Math.floor(Math.random() * (last - first))
    if (await isFree(port)) ports.add(port)
  }
  return [...ports]
}

/** Whether a server of 127.0.0.1 could listen there. */
export async function isFree(/** @type {number} */ port) {
  const server = createServer()
  return new Promise((resolve) => {
    server.once('error', () => resolve(false))
    server.listen(port, '127.0.0.1', () => server.close(() => resolve(true)))
  })
}
