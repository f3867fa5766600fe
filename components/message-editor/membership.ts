import type { ReactiveController, ReactiveControllerHost } from 'lit'
import type { IMClient } from '../../src/core/client.js'
import { ConnectionStatus } from '../../src/model/connection-status.js'
import { ConversationType, type ConversationId } from '../../src/model/conversation.js'

/**
 * Whether this user may write in a group. Unknown counts as yes: a backend that keeps no groups, or
 * cannot be asked now, says so itself when a message is sent.
 */
export class Membership implements ReactiveController {
  #host: ReactiveControllerHost
  #report: (error: unknown, context: string) => void
  #client?: IMClient
  #groupId?: string
  #isOutside = false
  #off?: () => void

  constructor(host: ReactiveControllerHost, report: (error: unknown, context: string) => void) {
    this.#host = host
    this.#report = report
    host.addController(this)
  }

  hostConnected(): void {
    this.#listen()
  }

  hostDisconnected(): void {
    this.#off?.()
    this.#off = undefined
  }

  /** The user has left the group, was removed, or it is gone. */
  get isOutside(): boolean {
    return this.#isOutside
  }

  follow(client: IMClient | undefined, conversation: ConversationId | undefined): void {
    const isGroup = conversation?.conversationType === ConversationType.GROUP
    const groupId = isGroup ? conversation.targetId : undefined
    if (client === this.#client && groupId === this.#groupId) return
    this.#client = client
    this.#groupId = groupId
    this.#isOutside = false
    this.#listen()
  }

  #listen(): void {
    this.#off?.()
    const client = this.#client
    if (!client || !this.#groupId) return
    const offs = [
      client.events.on('groups', ({ changes }) => {
        const change = changes.findLast(({ groupId }) => groupId === this.#groupId)
        if (change) this.#set(!change.isMember)
      }),
      client.events.on('offlineMessagesPulled', () => void this.#ask(client)),
    ]
    this.#off = () => offs.forEach((off) => off())
    void this.#ask(client)
  }

  async #ask(client: IMClient): Promise<void> {
    const groupId = this.#groupId
    if (client.status !== ConnectionStatus.CONNECTED || !client.capabilities.has('groups')) return
    try {
      const groups = await client.groups.mine()
      if (client !== this.#client || groupId !== this.#groupId) return
      this.#set(!groups.some((group) => group.groupId === groupId))
    } catch (error) {
      this.#report(error, 'asking for the groups of this user')
    }
  }

  #set(isOutside: boolean): void {
    this.#isOutside = isOutside
    this.#host.requestUpdate()
  }
}
