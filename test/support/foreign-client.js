// A client of another make in a process of its own (slixmpp-client.py), and what it has seen.

import { spawn } from 'node:child_process'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { findSlixmpp } from '../../server/slixmpp-package.js'

const script = join(import.meta.dirname, 'slixmpp-client.py')

/**
 * @typedef {Record<string, unknown>} Seen
 * @typedef {object} ForeignClient
 * @property {(order: Seen & { do: string }) => Promise<unknown>} tell Has it do something.
 * @property {(wanted: Seen) => Promise<Seen>} sees The first of what it saw, or will see, in which
 *   all of this is the same. It is given once.
 * @property {() => Promise<void>} stop
 */

/**
 * Logs in.
 *
 * @param {{ port: number, address: string, token: string }} login
 * @returns {Promise<ForeignClient>}
 */
export async function startForeignClient({ port, address, token }) {
  const child = spawn(findSlixmpp(), [script, address, token, String(port)], {
    stdio: ['pipe', 'pipe', 'pipe'],
  })
  let printed = ''
  child.stderr.setEncoding('utf8').on('data', (text) => (printed += text))
  const ended = new Promise((resolve) => child.once('exit', () => resolve(undefined)))

  /** @type {Seen[]} */
  const seen = []
  /** @type {Set<() => void>} */
  const waiting = new Set()
  createInterface(child.stdout).on('line', (line) => {
    seen.push(JSON.parse(line))
    for (const look of waiting) look()
  })

  /** @returns {Promise<Seen>} */
  const sees = (/** @type {Seen} */ wanted) =>
    new Promise((resolve, reject) => {
      const isIt = (/** @type {Seen} */ it) =>
        Object.entries(wanted).every(([name, value]) => it[name] === value)
      const look = () => {
        const index = seen.findIndex(isIt)
        if (index < 0) return
        waiting.delete(look)
        resolve(/** @type {Seen} */ (seen.splice(index, 1)[0]))
      }
      waiting.add(look)
      look()
      void ended.then(() => reject(new Error(`slixmpp has ended: ${printed}`)))
    })

  let count = 0
  await sees({ event: 'online' })
  return {
    sees,
    async tell(order) {
      const id = ++count
      child.stdin.write(`${JSON.stringify({ id, ...order })}\n`)
      const { error, result } = await sees({ id })
      if (error !== undefined) throw new Error(String(error))
      return result ?? null
    },
    async stop() {
      child.stdin.end()
      const tooLate = setTimeout(() => child.kill('SIGKILL'), 3000)
      await ended
      clearTimeout(tooLate)
    },
  }
}
