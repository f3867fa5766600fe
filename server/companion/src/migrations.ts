/** The companion's own tables, brought up to the version this code knows. */
import { readdir, readFile } from 'node:fs/promises'
import type { Database } from './database.js'
import type { Log } from './log.js'

const folder = new URL('../sql/', import.meta.url)

/** Any number that others of this database do not lock by. */
const lockNumber = 0x696d6b69

/**
 * Runs what has not run yet, in order, each file once, all or nothing. Several companions may start at
 * the same time: one does it, the others wait.
 * @throws when ejabberd's tables are not there, or the schema is newer than this code
 */
export async function migrate(database: Database, log: Log): Promise<void> {
  const files = (await readdir(folder)).filter((name) => name.endsWith('.sql')).sort()
  await database.transaction(async (query) => {
    await query('select pg_advisory_xact_lock($1)', [lockNumber])
    await assertNewSchema(query)
    await query('create schema if not exists companion')
    // ejabberd takes a table `schema_version` of any schema for its own, and then does not make that.
    await query('alter table if exists companion.schema_version rename to migration')
    await query(
      'create table if not exists companion.migration (version integer primary key, file text not null)',
    )
    const done = (await query('select version from companion.migration')) as {
      version: number
    }[]
    const newest = Math.max(0, ...done.map(({ version }) => version))
    if (newest > files.length) {
      throw new Error(
        `The database has version ${newest} of the companion's schema; this companion knows ${files.length}. Start a newer one.`,
      )
    }
    for (const [index, file] of files.entries()) {
      const version = index + 1
      if (version <= newest) continue
      await query(await readFile(new URL(file, folder), 'utf8'))
      await query('insert into companion.migration values ($1, $2)', [version, file])
      log('schema migrated', { version, file })
    }
  })
}

async function assertNewSchema(query: (sql: string) => Promise<unknown[]>): Promise<void> {
  const columns = await query(
    "select from information_schema.columns where table_schema = current_schema() and table_name = 'archive' and column_name in ('server_host', 'origin_id')",
  )
  if (columns.length === 2) return
  throw new Error(
    "The database has no archive of ejabberd 24.12 with `new_sql_schema: true`: load ejabberd's pg.new.sql first.",
  )
}
