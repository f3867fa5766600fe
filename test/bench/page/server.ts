/** The whole kit on a real server. */
import '../../../src/define.js'
import { xmpp } from '../../../src/backends/xmpp/index.js'
import { IMClient } from '../../../src/core/client.js'
import { imkit } from '../../../src/kit/index.js'
import { calm, drawn, frame } from './frames.js'

export interface Account {
  url: string
  domain: string
  token: string
}

export interface Kit extends Account {
  /** Names the database. */
  appkey: string
  hasCompanion?: boolean
}

/** Milliseconds of the tasks over 50 since the page was loaded. */
const longTasks: number[] = []
const observer = new PerformanceObserver((list) => {
  for (const { duration } of list.getEntries()) longTasks.push(duration)
})
observer.observe({ type: 'longtask' })

let client: IMClient
let token: string

function prepare({ url, domain, appkey, hasCompanion = true, ...account }: Kit): void {
  token = account.token
  const backend = xmpp({
    url,
    domain,
    // All that is missed is to be replayed.
    catchUpLimit: Infinity,
    limits: { sendRate: Infinity },
    ...(!hasCompanion && { companion: false }),
  })
  client = new IMClient({ appkey, backend })
  imkit.init({
    appkey,
    client,
    language: 'en',
    service: { getUserProfile: (id) => ({ id, name: id }) },
  })
}

/**
 * Milliseconds from logging in to the second animation frame with a conversation at the top of the
 * list, and to the last conversation being here.
 * @param text of the newest message
 */
async function showList({ text, count }: { text: string; count?: number }) {
  await drawn()
  const start = performance.now()
  const list = document.createElement('conversation-list')
  document.body.append(list)
  void imkit.connect(token)
  do await frame()
  while (!textAt(list, 8).includes(text))
  await frame()
  const first = performance.now() - start
  while (count !== undefined && (await client.conversations.count()) < count) await frame()
  return { first, complete: performance.now() - start }
}

/** What the row of a list at a height says. */
function textAt(list: HTMLElement, y: number): string {
  const { left, top, width } = list.getBoundingClientRect()
  const found = list.shadowRoot?.elementFromPoint(left + width / 2, top + y)
  return found?.closest('im-conversation-row')?.shadowRoot?.textContent ?? ''
}

/** Logs in until everything missed is stored, and out again. */
async function catchUp(): Promise<void> {
  const caughtUp = new Promise((resolve) => imkit.once('pull_offline_message_finished', resolve))
  await imkit.connect(token)
  await caughtUp
  await imkit.disconnect()
}

/** As `catchUp`, with the list on the page. */
async function missed(count: number): Promise<{ milliseconds: number; longestTask: number }> {
  document.body.append(document.createElement('conversation-list'))
  await drawn()
  let stored = 0
  client.events.on('change', ({ messages }) => {
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

/** Opens the conversation with somebody. */
async function openChat(userId: string): Promise<void> {
  await imkit.connect(token)
  const list = document.createElement('message-list')
  document.body.append(list, document.createElement('message-editor'))
  document.body.style.cssText = 'display: flex; flex-direction: column'
  list.style.cssText = 'flex: 1; min-block-size: 0'
  await imkit.selectConversation({ conversationType: 1, targetId: userId })
  await drawn()
}

let keyTime = 0
addEventListener('keydown', ({ timeStamp }) => (keyTime = performance.timeOrigin + timeStamp), true)

/** When the last key was pressed, Unix milliseconds. */
const lastKey = (): number => keyTime

/** When the frame with a text in it was drawn, Unix milliseconds. */
async function untilDrawn(text: string): Promise<number> {
  const list = document.querySelector('message-list')!
  const isThere = () => {
    const rows = [...(list.shadowRoot?.querySelectorAll('im-message-row') ?? [])]
    return rows.some((row) => row.textContent?.includes(text))
  }
  do await drawn()
  while (!isThere())
  return performance.timeOrigin + performance.now()
}

const serverBench = { prepare, showList, catchUp, missed, openChat, calm, lastKey, untilDrawn }

export type ServerBench = typeof serverBench

Object.assign(globalThis, { serverBench })
