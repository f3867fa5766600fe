/** A kit over a device's client, with timers that run when a test says so. */
import type { IMKit } from '../../src/kit/kit.js'
import { createIMKit } from '../../src/kit/kit.js'
import type { InitOptions } from '../../src/kit/kit-options.js'
import type { CoreEventDetails, CoreEventName } from '../../src/kit/core-events.js'
import { uuidv7 } from '../../src/model/identity.js'
import { eventually, type Tab } from './chat-service.js'
import { ManualTimers } from './manual-timers.js'

const names: readonly CoreEventName[] = [
  'INIT',
  'CONNECTED',
  'MESSAGES',
  'conversation',
  'udpate_conversation',
  'typing_status',
  'pull_offline_message_finished',
  'read_receipt_received',
  'message_receipt_request',
  'message_receipt_response',
  'switch_conversation',
  'reference_message',
  'close_reference',
  'update_message',
  'delete_message',
  'message_sending',
  'message_send_success',
  'message_send_fail',
  'upload_progress',
  'upload_complete',
  'language_changed',
  'user_info_changed',
  'group_info_changed',
  'conversation_info_changed',
  'conversation_removed',
]

export class ReadyKit {
  readonly kit: IMKit
  readonly timers = new ManualTimers()
  /** What was reported: where it failed, and what it says. */
  readonly reports: { context: string; message: string }[] = []
  /** Names of the events, in order. */
  readonly told: CoreEventName[] = []
  readonly #details = new Map<CoreEventName, unknown[]>()

  constructor(
    readonly tab: Tab,
    options: Partial<InitOptions> = {},
  ) {
    this.kit = createIMKit({ name: uuidv7(), schedule: this.timers.schedule })
    for (const name of names) {
      this.kit.on(name, (detail: unknown) => {
        this.told.push(name)
        this.#details.set(name, [...this.heard(name), detail])
      })
    }
    this.kit.on('error', ({ error, context }) => {
      this.reports.push({ context, message: (error as Error)?.message ?? String(error) })
    })
    this.kit.init({ appkey: tab.appkey, client: tab.client, language: 'en', ...options })
  }

  /** What came with every event of a name, in order. */
  heard<Name extends CoreEventName>(name: Name): CoreEventDetails[Name][] {
    return (this.#details.get(name) ?? []) as CoreEventDetails[Name][]
  }

  hears(name: CoreEventName, count = 1): Promise<void> {
    return eventually(`the host hears ${name}`, () => this.heard(name).length >= count)
  }

  /**
   * Lets time pass until something is so: questions are asked a moment after they come up.
   * @param most milliseconds; what waits longer goes on waiting
   */
  async passes(name: string, check: () => unknown, most = 1000): Promise<void> {
    await eventually(name, () => {
      this.timers.runUpTo(most)
      return check()
    })
  }
}
