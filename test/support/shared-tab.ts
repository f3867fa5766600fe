/** Tabs of one user that share a connection to the local service, and what each of them saw. */
import type { OutgoingMessage } from '../../src/backends/backend.js'
import type { TabOrder, TabReport } from './shared-tab.worker.js'

/** What the tabs of one test have in common. */
export interface TabSetUp {
  serviceName: string
  userId: string
  /** Where all of them catch up from. */
  cursor: string
  /** Milliseconds between two looks for what no ring of the service announced. */
  pollInterval: number
}

export class SharedTab {
  /** Messages in the order in which they came first. */
  readonly received = new Set<string>()
  readonly sent = new Set<string>()
  readonly refusals: number[] = []
  readonly closings: number[] = []
  /** How often it has got the connection, and when last by `performance.now()`. */
  holdCount = 0
  holdsSince = 0
  hasCaughtUp = false
  isBlocked = false
  setCount = 0
  /** Called at each report. */
  onReport: (report: TabReport) => void = () => undefined
  #worker: Worker
  #waiting = new Set<() => void>()

  private constructor(setUp: TabSetUp) {
    // From the root: what a test imports is bundled into it, wherever the test lies.
    const script = new URL('/test/support/shared-tab.worker.ts', location.href)
    this.#worker = new Worker(script, { type: 'module' })
    this.#worker.onmessage = ({ data }: MessageEvent<TabReport>) => {
      if (data.kind === 'ready') this.#order({ kind: 'connect', ...setUp })
      this.#note(data)
      this.onReport(data)
      for (const look of [...this.#waiting]) look()
    }
  }

  /** Resolves when it is connected and has caught up. */
  static async open(setUp: TabSetUp): Promise<SharedTab> {
    const tab = new SharedTab(setUp)
    await tab.until(() => tab.hasCaughtUp)
    return tab
  }

  send(messages: OutgoingMessage[]): void {
    this.#order({ kind: 'send', messages })
  }

  /** Resolves when the setting is acknowledged. */
  async set(key: string, value: unknown): Promise<void> {
    const before = this.setCount
    this.#order({ kind: 'set', key, value })
    await this.until(() => this.setCount > before)
  }

  /** Resolves when it has begun to do nothing else. */
  async block(milliseconds: number): Promise<void> {
    this.isBlocked = false
    this.#order({ kind: 'block', milliseconds })
    await this.until(() => this.isBlocked)
  }

  close(): void {
    this.#order({ kind: 'close' })
  }

  /** Whatever it is doing, and without a goodbye. */
  kill(): void {
    this.#worker.terminate()
    this.#worker.onmessage = null
  }

  /** Resolves when `check` holds after one of its reports. A test that waits in vain times out. */
  until(check: () => boolean): Promise<void> {
    return new Promise((resolve) => {
      const look = () => {
        if (!check()) return
        this.#waiting.delete(look)
        resolve()
      }
      this.#waiting.add(look)
      look()
    })
  }

  #order(order: TabOrder): void {
    this.#worker.postMessage(order)
  }

  #note(report: TabReport): void {
    switch (report.kind) {
      case 'holds':
        this.holdCount += 1
        this.holdsSince = performance.now()
        break
      case 'caughtUp':
        this.hasCaughtUp = true
        break
      case 'received':
        for (const id of report.messageUIds) this.received.add(id)
        break
      case 'sent':
        this.sent.add(report.messageUId)
        break
      case 'isSet':
        this.setCount += 1
        break
      case 'refused':
        this.refusals.push(report.code)
        break
      case 'closed':
        this.closings.push(report.code)
        break
      case 'blocks':
        this.isBlocked = true
    }
  }
}
