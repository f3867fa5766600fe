// Finds PostgreSQL on this machine, and gets it from Debian where that is possible.

import { existsSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import { getuid } from 'node:process'
import { debian } from './debian.js'

/**
 * The folder with its programs, which Debian keeps out of the path, by version.
 *
 * @returns {string}
 */
export function findPostgres() {
  const folder = '/usr/lib/postgresql'
  const versions = existsSync(folder) ? readdirSync(folder).map(Number) : []
  const programs = join(folder, String(Math.max(...versions)), 'bin')
  if (!existsSync(join(programs, 'postgres'))) {
    throw new Error('No PostgreSQL: on Debian install the package postgresql.')
  }
  return programs
}

/** Like findPostgres(), but installs Debian's package where it can. */
export function findOrInstallPostgres() {
  try {
    return findPostgres()
  } catch (error) {
    if (!debian.isHere || getuid?.() !== 0) throw error
    console.log('Installing Debian’s postgresql.')
    debian.install('postgresql')
    return findPostgres()
  }
}
