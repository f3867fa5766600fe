/** All parts of the companion, put together. */
import { nameOfId } from './addresses.js'
import { Archives } from './archives.js'
import { ServerConnection, type Answers } from './component.js'
import type { Configuration } from './configuration.js'
import { Conversations } from './conversations.js'
import { Database } from './database.js'
import { History } from './history.js'
import { HttpEndpoint } from './http.js'
import type { Log } from './log.js'
import { migrate } from './migrations.js'
import { Push } from './push.js'
import { PushSubscriptions } from './push-subscriptions.js'
import { Readers } from './readers.js'
import { RoomAccess } from './room-access.js'
import { RoomEntries } from './room-entries.js'
import { RoomPresence } from './room-presence.js'
import { Search } from './search.js'
import { Settings } from './settings.js'
import { tokenFor } from './tokens.js'

export interface Companion {
  /** Of the HTTP endpoint, if there is one. */
  port: number | undefined
  stop(): Promise<void>
}

/** @throws when the database is not there, or is not ejabberd's */
export async function startCompanion(configuration: Configuration, log: Log): Promise<Companion> {
  const database = new Database(configuration.database, configuration.connections, log)
  const server = new ServerConnection(configuration, log)
  let http: HttpEndpoint | undefined
  try {
    await migrate(database, log)
    const presence = await serve(configuration, database, server, log)
    http = configuration.http && new HttpEndpoint(httpParts(configuration, database, server))
    const port = await http?.start(configuration.http!.address, configuration.http!.port)
    await server.start(() => presence.forgetGone())
    log('started', { port })
    return {
      port,
      async stop() {
        await http?.stop()
        await server.stop()
        await database.close()
        log('stopped')
      },
    }
  } catch (error) {
    await http?.stop()
    await database.close()
    throw error
  }
}

/** Connects each kind of request with who answers it. */
async function serve(
  configuration: Configuration,
  database: Database,
  server: ServerConnection,
  log: Log,
): Promise<RoomPresence> {
  const { host, rooms, answerSize } = configuration
  const archives = new Archives(database, host, rooms)
  const settings = new Settings(database, rooms)
  const conversations = new Conversations(database, archives, settings, answerSize)
  const history = new History(database, archives, answerSize)
  const readers = new Readers(database, archives)
  const search = new Search(database, archives, answerSize)
  const access = new RoomAccess(database, (stanza, timeout) => server.ask(stanza, timeout))
  const presence = new RoomPresence(database, server, access, rooms, log)
  const entries = new RoomEntries(database, server, access, presence, rooms)
  const push = await servePush(configuration, database, server, archives, settings, log)
  server.serve({
    get: {
      conversations: (request) => conversations.list(request),
      history: (request) => history.page(request),
      operations: (request) => history.operations(request),
      readers: (request) => readers.list(request),
      search: (request) => search.page(request),
      entries: (request) => entries.list(request),
      ...push.get,
    },
    set: {
      'entry-set': (request) => entries.set(request),
      'entry-remove': (request) => entries.remove(request),
      ...push.set,
    },
  })
  presence.start()
  return presence
}

async function servePush(
  { push: configuration }: Configuration,
  database: Database,
  server: ServerConnection,
  archives: Archives,
  settings: Settings,
  log: Log,
): Promise<Answers> {
  if (!configuration) return { get: {}, set: {} }
  const { publicKey, origins } = configuration
  const subscriptions = new PushSubscriptions(database, publicKey, origins)
  const push = new Push(database, archives, settings, subscriptions, configuration, log)
  server.servePush((node) => push.notify(node))
  await database.listen('companion_group_message', (room) => {
    // Others may run beside the one that is connected.
    if (!server.isOnline) return
    push.notifyGroup(room).catch((error: unknown) => log('push failed', { room, error }))
  })
  return {
    get: { 'push-key': () => subscriptions.key() },
    set: {
      'push-subscribe': (request) => subscriptions.subscribe(request),
      'push-unsubscribe': (request) => subscriptions.unsubscribe(request),
    },
  }
}

function httpParts({ host, tokens }: Configuration, database: Database, server: ServerConnection) {
  return {
    async problems() {
      const problems: Record<string, string> = {}
      if (!server.isOnline) problems.server = 'not connected'
      await database.rows('select 1').catch(() => (problems.database = 'not reached'))
      return problems
    },
    ...(tokens && {
      tokenFor: (userId: string) =>
        tokenFor(`${nameOfId(userId)}@${host}`, tokens.key, Date.now(), tokens.lifetime),
    }),
  }
}
