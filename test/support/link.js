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
 * @property {(status: number | undefined) => void} refuseFiles Answers every file that is put with an
 *   HTTP status, of which pages of other origins are told; or lets them through again.
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
  /** @type {number | undefined} */
  let refusalOfFiles

  const server = createServer((near) => {
    const far = connect(to, '127.0.0.1')
    // A relay that waits for more to send would be slower than the network it stands for.
    near.setNoDelay(true)
    far.setNoDelay(true)
    let isRefused = false
    near.on('data', (data) => {
      const request = /^(PUT|GET|HEAD|OPTIONS|POST) /.exec(data.toString('latin1', 0, 8))
      if (!request) return
      const ofFiles = request[1] === 'PUT' ? refusalOfFiles : undefined
      const status = refusal ?? ofFiles
      if (status === undefined) return
      // Whatever else comes of it goes nowhere.
      isRefused = true
      near.end(answerOf(status, status === ofFiles))
    })
    for (const [end, other] of [
      [near, far],
      [far, near],
    ]) {
      if (!end || !other) continue
      ends.add(end)
      if (isStalled) end.pause()
      end.on('data', (data) => {
        if (isRefused) return
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
    refuseFiles(status) {
      refusalOfFiles = status
    },
    close() {
      cut()
      return new Promise((resolve) => server.close(() => resolve()))
    },
  }
}

/** @param {number} status */
function answerOf(status, isTold = true) {
  const headers = [
    'Content-Length: 0',
    'Connection: close',
    ...(isTold ? ['Access-Control-Allow-Origin: *'] : []),
  ]
  return `HTTP/1.1 ${status} Refused\r\n${headers.join('\r\n')}\r\n\r\n`
}
