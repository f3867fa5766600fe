/** A conversation list that is measured: what its page offers, and what measures it. */
import { calm, drawn, frame } from './frames.js'

export interface Listed {
  id: string
  name: string
  /** Its last message; begins with a number that can be read off the screen. */
  digest: string
  /** Unix milliseconds of it */
  sentTime: number
  unread: number
}

export interface ListContender {
  /** Before the clock runs. */
  prepare(setup: ListSetup): Promise<void>
  /** Puts the list on the page, with everything that has to be done first. */
  show(): void
  /** A message has come: the conversation is now the newest. */
  update(listed: Listed): void
  /** The text of the row at a point; empty where there is none. */
  textAt(x: number, y: number): string
}

export interface ListSetup {
  name: string
  count: number
}

const firstTime = Date.UTC(2026, 0, 5, 8)

/** The newest has the lowest number. */
export function listed(serial: number, change: Partial<Listed> = {}): Listed {
  return {
    id: `group-${serial}`,
    name: `Group ${serial}`,
    digest: `#${serial} shall we meet there tomorrow, or is that too early for all of you?`,
    sentTime: firstTime - serial * 60_000,
    unread: 0,
    ...change,
  }
}

/** Milliseconds until the second animation frame with the newest conversation at the top. */
async function show(contender: ListContender): Promise<number> {
  await drawn()
  const start = performance.now()
  contender.show()
  do await frame()
  while (!isAtTop(contender, '#0 '))
  await frame()
  return performance.now() - start
}

/** Messages come one by one, each in another conversation, wherever that stands. */
async function update(
  contender: ListContender,
  { count, updates, perSecond }: { count: number; updates: number; perSecond: number },
): Promise<void> {
  const start = performance.now()
  let done = 0
  await new Promise<void>((resolve) => {
    const timer = setInterval(() => {
      const due = Math.min(updates, Math.floor(((performance.now() - start) * perSecond) / 1000))
      for (; done < due; done++) contender.update(moved(done, count))
      if (done < updates) return
      clearInterval(timer)
      resolve()
    }, 1000 / perSecond)
  })
  do await drawn()
  while (!isAtTop(contender, `#${count + updates - 1} `))
}

function moved(step: number, count: number): Listed {
  const digest = `#${count + step} there is news`
  // A prime far from the powers of ten: all over the list, and none twice.
  return listed((step * 7919) % count, {
    digest,
    sentTime: firstTime + (step + 1) * 1000,
    unread: 1,
  })
}

function isAtTop(contender: ListContender, text: string): boolean {
  return contender.textAt(innerWidth / 2, 40).includes(text)
}

export function presentList(contender: ListContender) {
  const listBench = {
    prepare: (setup: ListSetup) => contender.prepare(setup).then(calm),
    show: () => show(contender),
    update: (options: { count: number; updates: number; perSecond: number }) =>
      update(contender, options),
  }
  Object.assign(globalThis, { listBench })
  return listBench
}

export type ListBench = ReturnType<typeof presentList>
