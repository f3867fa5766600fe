// A companion as it runs in earnest: a process of its own, told by environment variables.

import { spawn } from 'node:child_process'
import { createServer } from 'node:net'
import { join } from 'node:path'
import { execPath } from 'node:process'

/** Milliseconds until a companion has found its server. */
const patience = 15_000

const main = join(import.meta.dirname, '..', '..', 'dist', 'main.js')

/**
 * Starts one and waits until it says that it is connected.
 *
 * @param {Record<string, string>} environment
 */
export async function startCompanionProcess(environment) {
  const child = spawn(execPath, ['--enable-source-maps', main], { env: environment })
  let log = ''
  /** @type {Set<() => void>} */
  const listeners = new Set()
  /** @type {Promise<number | null>} */
  const ended = new Promise((resolve) => child.on('close', resolve))
  for (const stream of [child.stdout, child.stderr]) {
    stream.on('data', (chunk) => {
      log += chunk
      for (const listener of listeners) listener()
    })
  }

  /** Until it says so the next time. @returns {Promise<void>} */
  const online = () =>
    new Promise((resolve, reject) => {
      const before = log.length
      const done = (/** @type {string | undefined} */ problem) => {
        clearTimeout(timer)
        listeners.delete(look)
        if (problem === undefined) resolve()
        else reject(new Error(`${problem}\n${log}`))
      }
      const look = () => {
        if (log.includes('"event":"online"', before)) done(undefined)
      }
      const timer = setTimeout(() => {
        child.kill('SIGKILL')
        done('The companion does not find its server:')
      }, patience)
      listeners.add(look)
      void ended.then((code) => done(`The companion ended with ${code}:`))
    })

  await online()
  return {
    pid: child.pid,
    log: () => log,
    online,
    /** @returns the exit code */
    async stop(/** @type {NodeJS.Signals} */ signal = 'SIGTERM') {
      child.kill(signal)
      return ended
    },
  }
}

/** A port of 127.0.0.1 nobody listens on. @returns {Promise<number>} */
export function freePort() {
  return new Promise((resolve) => {
    const server = createServer().listen(0, '127.0.0.1', () => {
      const address = server.address()
      const port = typeof address === 'object' && address ? address.port : 0
      server.close(() => resolve(port))
    })
  })
}
