// Finds slixmpp on this machine, a client library of another make for the tests, and gets it from
// Debian where that is possible.

import { existsSync } from 'node:fs'
import { getuid } from 'node:process'
import { debian } from './debian.js'

/** Debian's own: its packages are for no other. */
const python = '/usr/bin/python3'

const library = '/usr/lib/python3/dist-packages/slixmpp'

/** The Python that has it. */
export function findSlixmpp() {
  if (existsSync(python) && existsSync(library)) return python
  throw new Error('No slixmpp: on Debian install python3-slixmpp and python3-aiohttp.')
}

/** Like findSlixmpp(), but installs Debian's packages where it can. */
export function findOrInstallSlixmpp() {
  if (!existsSync(library) && debian.isHere && getuid?.() === 0) {
    console.log('Installing Debian’s python3-slixmpp.')
    debian.install('python3-slixmpp', 'python3-aiohttp')
  }
  return findSlixmpp()
}
