/** Who exists, and what they are called. */
import { invalidParameter } from '../../model/errors.js'
import type { UserProfile } from '../../model/people.js'
import type { Profiles } from '../backend.js'
import type { LocalUser } from './options.js'
import type { ServiceDatabase } from './service-database.js'

export class Directory {
  #seeds: Map<string, UserProfile>

  constructor(
    readonly users: readonly LocalUser[],
    readonly openUsers: boolean,
  ) {
    this.#seeds = new Map(
      users.map(({ id, name, portraitUri, displayName }) => [
        id,
        { id, name, portraitUri, displayName },
      ]),
    )
  }

  /** @throws IMError 33003 for a user that is not listed when only listed ones exist */
  assertExists(userId: string): void {
    if (typeof userId !== 'string' || userId === '') {
      throw invalidParameter('A user id has to be a text that is not empty.')
    }
    if (!this.openUsers && !this.#seeds.has(userId)) {
      throw invalidParameter(`The local service has no user "${userId}".`)
    }
  }

  /** Profiles of those who have one, in the order asked for. Within or outside of a transaction. */
  async profiles(database: ServiceDatabase, userIds: readonly string[]): Promise<UserProfile[]> {
    const updates = await database.profiles.bulkGet([...userIds])
    return userIds.flatMap((id, index) => {
      const seed = this.#seeds.get(id)
      const update = updates[index]
      return seed || update ? [{ id, ...seed, ...update }] : []
    })
  }

  /** What users are called, their id where nothing is known. */
  async names(database: ServiceDatabase, userIds: readonly string[]): Promise<string[]> {
    const profiles = await this.profiles(database, userIds)
    const names = new Map(profiles.map((profile) => [profile.id, profile.name]))
    return userIds.map((id) => names.get(id) || id)
  }
}

/** The port's profiles, for one user. */
export function profilesOf(
  userId: string,
  database: ServiceDatabase,
  directory: Directory,
): Profiles {
  return {
    users: (userIds) => database.read(() => directory.profiles(database, userIds)),
    update: ({ name, portraitUri }) =>
      database.write(async () => {
        const profile = await database.profiles.get(userId)
        await database.profiles.put({
          ...profile,
          id: userId,
          ...(name !== undefined && { name }),
          ...(portraitUri !== undefined && { portraitUri }),
        })
      }),
  }
}
