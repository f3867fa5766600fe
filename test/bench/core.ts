/**
 * What `core.js` measures, inside the page: the core and the store over a real IndexedDB, fed by a
 * backend that hands out what it is told to. Each measurement gives plain numbers.
 */
import { IMClient } from '../../src/core/client.js'
import { newConversationRow, withListOrder } from '../../src/core/conversation-rows.js'
import { ClientDatabase, databaseName } from '../../src/database/schema.js'
import { ConversationType } from '../../src/model/conversation.js'
import { Store } from '../../src/store/store.js'
import { ScriptedBackend } from '../support/scripted-backend.js'
import { batches, groupNumber, type Run } from './core-messages.js'

type Numbers = Record<string, number>

const appkey = 'bench'
const userId = 'alice'

/** Counts what goes to IndexedDB, all of the page's. */
const traffic = { transactions: 0, requests: 0 }
countCalls(IDBDatabase.prototype, ['transaction'], () => (traffic.transactions += 1))
countCalls(
  IDBObjectStore.prototype,
  [
    'get',
    'getAll',
    'getAllKeys',
    'getKey',
    'put',
    'add',
    'delete',
    'count',
    'openCursor',
    'openKeyCursor',
  ],
  () => (traffic.requests += 1),
)
countCalls(
  IDBIndex.prototype,
  ['get', 'getAll', 'getAllKeys', 'getKey', 'count', 'openCursor', 'openKeyCursor'],
  () => (traffic.requests += 1),
)
countCalls(
  IDBCursor.prototype,
  ['continue', 'continuePrimaryKey', 'advance'],
  () => (traffic.requests += 1),
)

function countCalls(prototype: object, names: string[], count: () => void): void {
  const methods = prototype as Record<string, (...values: unknown[]) => unknown>
  for (const name of names) {
    const original = methods[name]!
    methods[name] = function (this: unknown, ...values) {
      count()
      return original.apply(this, values)
    }
  }
}

/** Milliseconds of the longest task over 50 since the last call; 0: none. */
const longTasks: number[] = []
const observer = new PerformanceObserver((list) => {
  for (const { duration } of list.getEntries()) longTasks.push(duration)
})
observer.observe({ type: 'longtask' })

function takeLongest(): Numbers {
  for (const { duration } of observer.takeRecords()) longTasks.push(duration)
  const numbers = { longestTask: Math.max(0, ...longTasks), tasksOver50: longTasks.length }
  longTasks.length = 0
  return numbers
}

class Bench {
  readonly backend = new ScriptedBackend(userId)
  readonly client = new IMClient({ appkey, backend: this.backend })
  store: Store | undefined
  #place = 0

  /** Messages missed while away, until they are stored. */
  async catchUp(run: Omit<Run, 'from'>): Promise<Numbers> {
    this.backend.missed = batches({ ...run, from: this.#next(run.count) })
    const caughtUp = new Promise<void>((done) =>
      this.client.events.once('offlineMessagesPulled', () => done()),
    )
    takeLongest()
    const before = { ...traffic }
    const start = performance.now()
    await this.client.connect('token')
    await caughtUp
    const milliseconds = performance.now() - start
    await settled()
    await this.client.disconnect()
    return {
      milliseconds,
      perSecond: (run.count / milliseconds) * 1000,
      transactions: traffic.transactions - before.transactions,
      ...takeLongest(),
    }
  }

  async connect(): Promise<void> {
    const caughtUp = new Promise<void>((done) =>
      this.client.events.once('offlineMessagesPulled', () => done()),
    )
    await this.client.connect('token')
    await caughtUp
    await settled()
  }

  disconnect(): Promise<void> {
    return this.client.disconnect()
  }

  showStore(): void {
    this.store = new Store(this.client)
  }

  hideStore(): void {
    this.store?.dispose()
    this.store = undefined
  }

  /** From `select` to rows, on a page that has not shown the conversation. */
  async open({ group }: { group: number }): Promise<Numbers> {
    const before = { ...traffic }
    const start = performance.now()
    this.store!.select(groupNumber(group))
    const window = this.store!.openMessages(groupNumber(group))
    const end = await shownAt(window)
    await settled()
    const numbers = {
      milliseconds: end - start,
      transactions: traffic.transactions - before.transactions,
      requests: traffic.requests - before.requests,
      rows: window.items.peek().length,
    }
    window.release()
    this.store!.select(undefined)
    await settled()
    return numbers
  }

  /** From a connected client to the first page of the list, and to the total of what is unread. */
  async openList(): Promise<Numbers> {
    takeLongest()
    const before = { ...traffic }
    const start = performance.now()
    this.showStore()
    const { conversations, totalUnread } = this.store!
    await until(() => conversations.items.value.length > 0)
    const list = performance.now() - start
    await until(() => totalUnread.value > 0)
    const total = performance.now() - start
    const numbers = {
      list,
      total,
      unread: totalUnread.value,
      requests: traffic.requests - before.requests,
      ...takeLongest(),
    }
    this.hideStore()
    await settled()
    return numbers
  }

  /** Conversations without going through the core: what there is before the measuring. */
  async seedConversations({ count, unread }: { count: number; unread: number }): Promise<Numbers> {
    const database = new ClientDatabase(databaseName(appkey, userId))
    await database.open()
    const size = 2000
    for (let from = 0; from < count; from += size) {
      const rows = Array.from({ length: Math.min(size, count - from) }, (_, index) => {
        const number = from + index
        const row = newConversationRow({
          conversationType: ConversationType.PRIVATE,
          targetId: `peer-${number}`,
        })
        const unreadMessageCount = number % Math.floor(count / unread) === 0 ? 1 : 0
        return withListOrder({ ...row, sortTime: 1_600_000_000_000 + number, unreadMessageCount })
      })
      await database.conversations.bulkPut(rows)
    }
    database.close()
    return { count }
  }

  async clear(): Promise<void> {
    await this.client.clearLocalData(userId)
    this.#place = 0
  }

  #next(count: number): number {
    const place = this.#place
    this.#place += count
    return place
  }
}

function shownAt(window: ReturnType<Store['openMessages']>): Promise<number> {
  return new Promise((done) => {
    const stop = window.items.subscribe((items) => {
      if (!items.length) return
      queueMicrotask(() => {
        stop()
        done(performance.now())
      })
    })
  })
}

/** Two idle moments: what was started has had its turn. */
async function settled(): Promise<void> {
  for (let turn = 0; turn < 2; turn += 1) {
    await new Promise((done) => setTimeout(done, 50))
  }
}

async function until(isSo: () => boolean): Promise<void> {
  while (!isSo()) await new Promise<void>((done) => setTimeout(done))
}

Object.assign(globalThis, { bench: new Bench() })
