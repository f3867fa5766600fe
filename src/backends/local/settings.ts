/** Every user's own key-value store. Only the last value of a key is kept. */
import { invalidParameter } from '../../model/errors.js'
import type { Setting, SyncedSettings } from '../backend.js'
import type { Service } from './service.js'
import type { ServiceDatabase, SettingRow } from './service-database.js'

/** The port's settings, for one user. */
export function settingsOf(userId: string, { database, rules, bell }: Service): SyncedSettings {
  return {
    async set(key, value) {
      if (typeof key !== 'string' || key === '') throw invalidParameter('A setting needs a key.')
      const kept: unknown = JSON.parse(JSON.stringify(value ?? null))
      const setting = await database.write(async () => {
        const { seq } = await database.tick(rules.now())
        await database.settings.put({ userId, key, value: kept, version: seq })
        return { key, value: kept, version: seq }
      })
      bell.ring({ kind: 'appended' })
      return setting
    },
  }
}

/** What changed after one number and up to another, in that order. */
export async function settingsBetween(
  database: ServiceDatabase,
  userId: string,
  after: number,
  upTo: number,
): Promise<Setting[]> {
  const rows = await database.settings
    .where('[userId+version]')
    .between([userId, after], [userId, upTo], false, true)
    .toArray()
  return rows.map(({ key, value, version }: SettingRow) => ({ key, value, version }))
}
