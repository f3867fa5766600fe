// A child process that ends with this one, whatever ends this one.

import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { closeSync, existsSync, openSync } from 'node:fs'
import process from 'node:process'

/**
 * @typedef {object} Child
 * @property {number} pid
 * @property {boolean} isRunning
 * @property {Promise<void>} ended
 * @property {(signal: NodeJS.Signals) => Promise<void>} end Sends the signal and waits until the
 *   child has ended; after ten seconds it is killed.
 * @property {(isStalled: boolean) => void} stall Lets it stand still, or go on.
 */

/** How long a child may take to end cleanly, in milliseconds. */
const patience = 10_000

/** @type {Set<import('node:child_process').ChildProcess>} */
const running = new Set()

process.on('exit', () => {
  for (const child of running) child.kill('SIGKILL')
})

/**
 * Starts a process in a group of its own, so that Ctrl+C on the terminal does not reach it and
 * whoever started it can end it cleanly. It ends with this process all the same: by the kernel
 * where `setpriv` can ask for that (Linux), even when this process is killed; elsewhere by the
 * listener above.
 *
 * @param {string} command
 * @param {readonly string[]} args
 * @param {object} options
 * @param {string} options.folder where it runs
 * @param {string} options.log file that takes what it prints
 * @param {Record<string, string | undefined>} [options.env]
 * @param {{ uid: number, gid: number }} [options.user] whose rights it has; only root may say
 * @returns {Promise<Child>}
 */
export async function startChild(command, args, { folder, log, env = process.env, user }) {
  const output = openSync(log, 'a')
  const [program = command, ...rest] = [...bond(), command, ...args]
  const child = spawn(program, rest, {
    cwd: folder,
    env,
    detached: true,
    stdio: ['ignore', output, output],
    ...user,
  })
  closeSync(output)
  const ended = new Promise((resolve) => child.once('exit', () => resolve(undefined)))
  await once(child, 'spawn')
  running.add(child)
  void ended.then(() => running.delete(child))

  return {
    pid: /** @type {number} */ (child.pid),
    ended,
    get isRunning() {
      return running.has(child)
    },
    stall(isStalled) {
      child.kill(isStalled ? 'SIGSTOP' : 'SIGCONT')
    },
    async end(signal) {
      child.kill(signal)
      // One that stands still hears nothing.
      child.kill('SIGCONT')
      const deadline = setTimeout(() => child.kill('SIGKILL'), patience)
      await ended
      clearTimeout(deadline)
    },
  }
}

/** `setpriv` replaces itself by the command behind it, so the child's pid is the command's. */
function bond() {
  const setpriv = '/usr/bin/setpriv'
  return existsSync(setpriv) ? [setpriv, '--pdeathsig', 'KILL', '--'] : []
}
