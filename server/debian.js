// What a Debian system can be asked for.

import { spawnSync } from 'node:child_process'
import { existsSync, readFileSync } from 'node:fs'
import { env } from 'node:process'

const release = '/etc/os-release'

export const debian = {
  /** Whether this is the release whose packages these scripts know. */
  isHere: existsSync(release) && /^VERSION_CODENAME=bookworm$/m.test(readFileSync(release, 'utf8')),

  keyring: '/usr/share/keyrings/debian-archive-keyring.gpg',

  /** The address that apt gets the release from. */
  mirror() {
    const format = ['indextargets', '--format', '$(SITE) $(RELEASE)']
    const { stdout } = spawnSync('apt-get', format, { encoding: 'utf8' })
    const line = stdout?.split('\n').find((line) => line.endsWith(' bookworm'))
    if (line === undefined) throw new Error('apt knows no mirror of bookworm')
    return line.slice(0, line.lastIndexOf(' '))
  },

  /** Installs packages; only root can. */
  install(/** @type {string[]} */ ...packages) {
    const options = { DEBIAN_FRONTEND: 'noninteractive', ...noServices }
    for (const args of [['update'], ['install', '--yes', '--no-install-recommends', ...packages]]) {
      const { status } = spawnSync('apt-get', ['-qq', ...args], {
        stdio: ['ignore', 2, 2],
        env: { ...env, ...options },
      })
      if (status !== 0) throw new Error(`apt-get ${args[0]} ended with ${status}.`)
    }
  },
}

/** The packages bring services of the system; these scripts start servers of their own. */
const noServices = { RUNLEVEL: '1' }
