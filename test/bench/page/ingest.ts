/** What a user missed, on its way from a backend into an IndexedDB on disk. Nothing is drawn. */
import type { Backend } from '../../../src/backends/backend.js'
import { local, localToken } from '../../../src/backends/local/index.js'
import { ServiceDatabase, type LogEntry } from '../../../src/backends/local/service-database.js'
import { groupArchive, seqOf } from '../../../src/backends/local/archive.js'
import { IMClient } from '../../../src/core/client.js'
import { ScriptedBackend } from '../../support/scripted-backend.js'
import { batches, groupNumber, message } from '../core-messages.js'

export interface Missed {
  count: number
  groups: number
}

const userId = 'alice'

/** Milliseconds of the tasks over 50 since the page was loaded. */
const longTasks: number[] = []
const observer = new PerformanceObserver((list) => {
  for (const { duration } of list.getEntries()) longTasks.push(duration)
})
observer.observe({ type: 'longtask' })

let client: IMClient | undefined
let token = 'token'

/** A backend that has everything at hand: what is measured is the core and the database. */
async function prepareScript({ size, ...missed }: Missed & { size: number }): Promise<void> {
  const backend = new ScriptedBackend(userId)
  await begin(backend)
  backend.missed = batches({ ...missed, from: 1, size })
}

/** The embedded service, in whose log the messages are. */
async function prepareEmbedded({ count, groups }: Missed): Promise<void> {
  const name = `bench-${crypto.randomUUID()}`
  token = localToken(userId)
  await begin(local({ name, catchUpLimit: count }))
  const service = new ServiceDatabase(name)
  await service.open()
  await service.write(async () => {
    const numbers = Array.from({ length: groups }, (_, number) => number)
    const entries = Array.from({ length: count }, (_, index) => entry(index + 1, index % groups))
    await service.participations.bulkAdd(
      numbers.map((number) => ({
        userId,
        archive: archiveOf(number),
        conversation: groupNumber(number),
        spans: [{ from: 0, joined: 0 }],
      })),
    )
    await service.log.bulkAdd(entries)
    await service.archives.bulkPut(
      numbers.map((number) => ({ archive: archiveOf(number), lastSeq: count })),
    )
    await service.clock.update('clock', { seq: count, sentTime: entries.at(-1)!.sentTime })
  })
  service.close()
}

const archiveOf = (group: number) => groupArchive(groupNumber(group).targetId)

function entry(place: number, group: number): LogEntry {
  const { order, sentTime, ...envelope } = message(place, group)
  const archive = archiveOf(group)
  return { seq: seqOf(order), sentTime, archive, kind: 'message', message: envelope, counted: 1 }
}

/** Connects once, so that everything from then on has been missed. */
async function begin(backend: Backend): Promise<void> {
  client = new IMClient({ appkey: `bench-${crypto.randomUUID()}`, backend })
  await catchUp()
}

/** Milliseconds until everything missed is stored, and the longest task over 50 meanwhile; 0: none. */
async function store({ count }: Missed): Promise<{ milliseconds: number; longestTask: number }> {
  let stored = 0
  client!.events.on('change', ({ messages }) => {
    for (const { added } of messages.values()) stored += added.length
  })
  observer.takeRecords()
  longTasks.length = 0
  const start = performance.now()
  await catchUp()
  const milliseconds = performance.now() - start
  if (stored !== count) throw new Error(`${stored} of ${count} messages were stored.`)
  longTasks.push(...observer.takeRecords().map(({ duration }) => duration))
  return { milliseconds, longestTask: Math.max(0, ...longTasks) }
}

async function catchUp(): Promise<void> {
  const caughtUp = new Promise<void>((done) =>
    client!.events.once('offlineMessagesPulled', () => done()),
  )
  await client!.connect(token)
  await caughtUp
  await client!.disconnect()
}

const ingestBench = { prepareScript, prepareEmbedded, store }

export type IngestBench = typeof ingestBench

Object.assign(globalThis, { ingestBench })
