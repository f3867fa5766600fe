/** Search over a real IndexedDB, through the client as a page uses it. */
import { IMClient } from '../../../src/core/client.js'
import { ClientDatabase, databaseName, type MessageRow } from '../../../src/database/schema.js'
import { conversationKey } from '../../../src/model/conversation.js'
import { MessageDirection, ReceivedStatus, SentStatus } from '../../../src/model/message.js'
import { ScriptedBackend } from '../../support/scripted-backend.js'
import { message } from '../core-messages.js'

const userId = 'alice'
const groups = 50
/** Rows written in one transaction. */
const portion = 5000

export interface SearchBench {
  /** Stores messages, without going through the core, unless they are there. */
  store(setup: { name: string; count: number }): Promise<void>
  /** Milliseconds. */
  search(setup: {
    name: string
    keyword: string
    hasBlocks: boolean
  }): Promise<Record<string, number>>
}

const searchBench: SearchBench = {
  async store({ name, count }) {
    const database = new ClientDatabase(databaseName(name, userId))
    await database.open()
    if ((await database.messages.count()) < count) {
      await database.messages.clear()
      for (let from = 0; from < count; from += portion) {
        const rows = Array.from({ length: portion }, (_, index) => rowOf(from + index))
        await database.messages.bulkAdd(rows as MessageRow[])
      }
    }
    database.close()
  },

  async search({ name, keyword, hasBlocks }) {
    const client = new IMClient({ appkey: name, backend: new ScriptedBackend(userId) })
    const caughtUp = new Promise<void>((done) =>
      client.events.once('offlineMessagesPulled', () => done()),
    )
    await client.connect('token')
    await caughtUp
    // The code is there, as it is from the second letter typed on.
    const all = { keyword: 'nowhere at all' }
    if (hasBlocks) await client.search.messages(all)
    else {
      await client.search.messages({ ...all, signal: AbortSignal.abort() }).catch(() => undefined)
      await forgetAll(name)
    }
    await idle()
    const longest = watchTasks()
    const start = performance.now()
    let first: number | undefined
    await client.search.messages({
      keyword,
      onFound: () => (first ??= performance.now() - start),
    })
    const complete = performance.now() - start
    const longestTask = await longest()
    const again = performance.now()
    await client.search.conversations({ keyword })
    const conversations = performance.now() - again
    await client.disconnect()
    return { first: first ?? complete, complete, conversations, longest: longestTask }
  },
}

function rowOf(place: number): Omit<MessageRow, 'messageId'> {
  const archived = message(place, place % groups)
  return {
    ...archived,
    conversationKey: conversationKey(archived),
    messageDirection: MessageDirection.RECEIVE,
    sentStatus: SentStatus.RECEIVED,
    receivedStatus: ReceivedStatus.UNREAD,
    receivedTime: archived.sentTime,
    isOffLineMessage: true,
  }
}

async function forgetAll(name: string): Promise<void> {
  const database = new ClientDatabase(databaseName(name, userId))
  await database.open()
  await database.searchBlocks.clear()
  database.close()
}

function idle(): Promise<void> {
  return new Promise((done) => requestIdleCallback(() => done(), { timeout: 2000 }))
}

/** Gives milliseconds of the longest task since; 0: none of more than 50. */
function watchTasks(): () => Promise<number> {
  const tasks = [0]
  const note = (entries: PerformanceEntryList) =>
    entries.forEach(({ duration }) => tasks.push(duration))
  const observer = new PerformanceObserver((list) => note(list.getEntries()))
  observer.observe({ type: 'longtask' })
  return async () => {
    await idle()
    note(observer.takeRecords())
    observer.disconnect()
    return Math.max(...tasks)
  }
}

Object.assign(globalThis, { searchBench })
