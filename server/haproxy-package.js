// Finds HAProxy on this machine, and gets it from Debian where that is possible.

import { existsSync } from 'node:fs'
import { getuid } from 'node:process'
import { debian } from './debian.js'

const program = '/usr/sbin/haproxy'

/** Its path. */
export function findHaproxy() {
  if (existsSync(program)) return program
  throw new Error('No HAProxy: on Debian install the package haproxy.')
}

/** Like findHaproxy(), but installs Debian's package where it can. */
export function findOrInstallHaproxy() {
  if (!existsSync(program) && debian.isHere && getuid?.() === 0) {
    console.log('Installing Debian’s haproxy.')
    debian.install('haproxy')
  }
  return findHaproxy()
}
