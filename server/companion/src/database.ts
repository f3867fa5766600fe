/** ejabberd's database, with the companion's own schema in it. */
import pg from 'pg'
import type { Log } from './log.js'

/** Milliseconds after which PostgreSQL gives a query up. */
const queryTimeout = 5_000

// Places in archives are below 2^53: microseconds until the year 2255.
pg.types.setTypeParser(pg.types.builtins.INT8, Number)

export class Database {
  readonly #pool: pg.Pool

  constructor(connectionString: string, connections: number, log: Log) {
    this.#pool = new pg.Pool({
      connectionString,
      max: connections,
      application_name: 'imkit-companion',
      connectionTimeoutMillis: queryTimeout,
      statement_timeout: queryTimeout,
    })
    // A connection that breaks while nobody uses it: the pool makes another one.
    this.#pool.on('error', (error) => log('database connection lost', { error }))
  }

  /** @param values what stands for `$1`, `$2`, …; nothing from outside is ever part of `sql` */
  async rows<Row>(sql: string, values: readonly unknown[] = []): Promise<Row[]> {
    const { rows } = await this.#pool.query(sql, [...values])
    return rows as Row[]
  }

  async row<Row>(sql: string, values: readonly unknown[] = []): Promise<Row | undefined> {
    return (await this.rows<Row>(sql, values))[0]
  }

  /** All of it or nothing, without a limit of time: for changes of the schema. */
  async transaction(
    work: (query: (sql: string, values?: unknown[]) => Promise<unknown[]>) => Promise<void>,
  ): Promise<void> {
    const client = await this.#pool.connect()
    try {
      await client.query('begin')
      await client.query('set local statement_timeout = 0')
      await work(async (sql, values) => (await client.query(sql, values)).rows ?? [])
      await client.query('commit')
    } catch (error) {
      await client.query('rollback')
      throw error
    } finally {
      client.release()
    }
  }

  async close(): Promise<void> {
    await this.#pool.end()
  }
}

/** Whether a query was given up because it took too long. */
export function isTimeout(error: unknown): boolean {
  return (error as { code?: unknown } | null)?.code === '57014'
}
