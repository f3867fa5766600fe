// Finds Prosody on this machine, and gets it from Debian where that is possible.

import { existsSync, readFileSync } from 'node:fs'
import { getuid } from 'node:process'
import { debian } from './debian.js'

const program = '/usr/bin/prosody'

/** Debian's, with its version beside its libraries. */
const release = '/usr/lib/prosody/prosody.version'

/**
 * @typedef {object} ProsodyPackage
 * @property {string} program
 * @property {string} version as `0.12.3`
 */

/** @returns {ProsodyPackage} */
export function findProsody() {
  if (!existsSync(program)) throw new Error('No Prosody: on Debian install the package prosody.')
  return { program, version: existsSync(release) ? readFileSync(release, 'utf8').trim() : '' }
}

/** Like findProsody(), but installs Debian's package where it can. */
export function findOrInstallProsody() {
  if (!existsSync(program) && debian.isHere && getuid?.() === 0) {
    console.log('Installing Debian’s prosody.')
    debian.install('prosody')
  }
  return findProsody()
}
