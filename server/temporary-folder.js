// Where the data of a server lies that is gone with it.

import { accessSync, constants, mkdtempSync, statfsSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

/** A folder in memory, where there is one. */
const inMemory = '/dev/shm'
/** Bytes a server may need; containers often give the folder less. */
const enough = 512 * 1024 * 1024

/**
 * A new folder. In memory if there is room: a database that waits for the disk with each message
 * answers ten times as late, and nobody needs the data when the machine is off.
 *
 * @param {string} name what its name begins with
 */
export function temporaryFolder(name) {
  return mkdtempSync(join(hasRoomInMemory() ? inMemory : tmpdir(), `${name}-`))
}

function hasRoomInMemory() {
  try {
    accessSync(inMemory, constants.W_OK)
    const { bavail, bsize } = statfsSync(inMemory)
    return bavail * bsize >= enough
  } catch {
    return false
  }
}
