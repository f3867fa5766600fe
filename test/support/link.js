// A link between a page and a server that can break: a TCP relay.

import { connect, createServer } from 'node:net'

/**
 * @typedef {object} Link
 * @property {number} port of 127.0.0.1
 * @property {() => void} cut Ends all connections without a word. New ones can be made.
 * @property {(isStalled: boolean) => void} stall Lets nothing through any more, either way, and
 *   does not say so; or lets everything through again.
 * @property {(status: number | undefined) => void} refuse Answers every new request with an HTTP
 *   status, as a proxy does before a server that is down; or lets everything through again.
 * @property {() => Promise<void>} close
 */

/**
 * Opens a link to a port of 127.0.0.1.
 *
 * @param {number} to
 * @returns {Promise<Link>}
 */
export async function openLink(to) {
  /** @type {Set<import('node:net').Socket>} */
  const ends = new Set()
  let isStalled = false
  /** @type {number | undefined} */
  let refusal

  const server = createServer((near) => {
    if (refusal !== undefined) {
      const answer = `HTTP/1.1 ${refusal} Refused\r\nContent-Length: 0\r\nConnection: close\r\n\r\n`
      near.on('error', () => {})
      near.once('data', () => near.end(answer))
      return
    }
    const far = connect(to, '127.0.0.1')
    for (const [end, other] of [
      [near, far],
      [far, near],
    ]) {
      if (!end || !other) continue
      ends.add(end)
      if (isStalled) end.pause()
      end.on('data', (data) => {
        if (!other.write(data)) end.pause()
      })
      end.on('drain', () => {
        if (!isStalled) other.resume()
      })
      end.on('end', () => other.end())
      // Whatever ended one end, the other learns it by its own end.
      end.on('error', () => {})
      end.on('close', () => {
        ends.delete(end)
        other.destroy()
      })
    }
  })
  await new Promise((resolve) => server.listen(0, '127.0.0.1', () => resolve(undefined)))
  const address = server.address()
  if (address === null || typeof address === 'string') throw new Error('No port to listen on.')

  const cut = () => {
    for (const end of ends) end.resetAndDestroy()
  }
  return {
    port: address.port,
    cut,
    stall(stalled) {
      isStalled = stalled
      for (const end of ends) {
        if (isStalled) end.pause()
        else end.resume()
      }
    },
    refuse(status) {
      refusal = status
    },
    close() {
      cut()
      return new Promise((resolve) => server.close(() => resolve()))
    },
  }
}
