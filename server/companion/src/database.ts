/** ejabberd's database, with the companion's own schema in it. */
import pg from 'pg'
import type { Log } from './log.js'

/** Milliseconds after which PostgreSQL gives a query up. */
const queryTimeout = 5_000

/** Milliseconds until a broken connection that listens is made again. */
const listenAgain = 1_000

// Places in archives are below 2^53: microseconds until the year 2255.
pg.types.setTypeParser(pg.types.builtins.INT8, Number)

export class Database {
  readonly #options: pg.ClientConfig
  readonly #pool: pg.Pool
  readonly #log: Log
  #listening: pg.Client | undefined
  #isClosed = false

  constructor(connectionString: string, connections: number, log: Log) {
    this.#log = log
    this.#options = {
      connectionString,
      application_name: 'imkit-companion',
      connectionTimeoutMillis: queryTimeout,
      statement_timeout: queryTimeout,
    }
    this.#pool = new pg.Pool({ ...this.#options, max: connections })
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

  /** All of it or nothing, without a limit of time. */
  async transaction<Result>(
    work: (query: (sql: string, values?: unknown[]) => Promise<unknown[]>) => Promise<Result>,
  ): Promise<Result> {
    const client = await this.#pool.connect()
    try {
      await client.query('begin')
      await client.query('set local statement_timeout = 0')
      const result = await work(async (sql, values) => (await client.query(sql, values)).rows ?? [])
      await client.query('commit')
      return result
    } catch (error) {
      await client.query('rollback')
      throw error
    } finally {
      client.release()
    }
  }

  /**
   * Calls a listener with what is notified on a channel, until the database is closed. What is
   * notified while the connection is broken is lost.
   */
  async listen(channel: string, listener: (payload: string) => void): Promise<void> {
    if (this.#isClosed) return
    const client = new pg.Client({ ...this.#options, statement_timeout: 0 })
    this.#listening = client
    client.on('notification', ({ payload = '' }) => listener(payload))
    client.on('error', (error) => this.#log('database connection lost', { error }))
    client.once('end', () => {
      if (this.#isClosed) return
      setTimeout(() => void this.listen(channel, listener), listenAgain).unref()
    })
    try {
      await client.connect()
      await client.query(`listen ${pg.escapeIdentifier(channel)}`)
    } catch (error) {
      this.#log('database not reached', { error })
      await client.end()
    }
  }

  async close(): Promise<void> {
    this.#isClosed = true
    await this.#listening?.end()
    await this.#pool.end()
  }
}

/** Whether a query was given up because it took too long. */
export function isTimeout(error: unknown): boolean {
  return (error as { code?: unknown } | null)?.code === '57014'
}
