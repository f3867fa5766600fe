/** Who is who, as last told: kept so that names are on screen before anybody has answered. */
import type { ProfileRow } from '../database/schema.js'
import type { UserProfile } from '../model/people.js'
import type { Scope } from './scope.js'

export class ProfileStore {
  readonly #scope: () => Scope | undefined

  constructor(scope: () => Scope | undefined) {
    this.#scope = scope
  }

  /** Whether the backend hosts profiles itself. */
  get isHosted(): boolean {
    return this.#scope()?.session()?.profiles !== undefined
  }

  /** Profiles from the backend; none when it hosts none or there is no connection. */
  async hosted(userIds: string[]): Promise<UserProfile[]> {
    return (await this.#scope()?.session()?.profiles?.users(userIds)) ?? []
  }

  /** What was kept under these keys. */
  async cached(keys: string[]): Promise<Map<string, ProfileRow['profile']>> {
    const rows = (await this.#scope()?.database.profiles.bulkGet(keys)) ?? []
    return new Map(rows.flatMap((row) => (row ? [[row.key, row.profile]] : [])))
  }

  /** @param key `user/<id>`, `conversation/<key>` or `members/<key>` */
  async keep(entries: { key: string; profile: ProfileRow['profile'] }[]): Promise<void> {
    const scope = this.#scope()
    if (!scope || !entries.length) return
    const fetchedAt = scope.now()
    await scope.database.profiles.bulkPut(entries.map((entry) => ({ ...entry, fetchedAt })))
  }
}
