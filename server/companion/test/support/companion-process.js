// A companion as it runs in earnest: a process of its own, told by environment variables.

import { spawn } from 'node:child_process'
import { createServer } from 'node:net'
import { join } from 'node:path'
import { execPath } from 'node:process'

/** Milliseconds for a start. */
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
  /** @type {Promise<number | null>} */
  const ended = new Promise((resolve) => child.on('close', resolve))
  await new Promise((resolve, reject) => {
    const look = (/** @type {Buffer} */ chunk) => {
      log += chunk
      if (!log.includes('"event":"online"')) return
      clearTimeout(timer)
      resolve(undefined)
    }
    child.stdout.on('data', look)
    child.stderr.on('data', look)
    const tooLate = () => {
      child.kill('SIGKILL')
      reject(new Error(`The companion does not get ready:\n${log}`))
    }
    const timer = setTimeout(tooLate, patience)
    void ended.then(() => clearTimeout(timer))
    void ended.then((code) => reject(new Error(`The companion ended with ${code}:\n${log}`)))
  })
  return {
    log: () => log,
    pid: child.pid,
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
