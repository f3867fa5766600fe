import type { DisabledMessageContextMenu } from '../../src/kit/menu-items.js'
import type { ConversationId } from '../../src/model/conversation.js'
import { isOwn, SentStatus, type Message } from '../../src/model/message.js'
import type { MenuItem } from '../im-menu/im-menu.js'
import type { Choosing } from './choosing.js'
import type { ConversationView } from './conversation-view.js'
import { forwardMessages, type ForwardList } from './forwarding.js'
import type { Intents } from './intents.js'
import { builtInItems, customItems, reactionItems, type CustomMenuItem } from './menu-items.js'
import {
  actionsFor,
  mayReact,
  recallMilliseconds,
  recallTimeLeft,
  type ActionRules,
  type MessageAction,
} from './message-actions.js'
import { lookOf } from './message-look.js'
import { toggled } from './reactions.js'

/** What the host of the list has set. */
export interface ActionSettings {
  readonly customMenu: readonly CustomMenuItem[]
  readonly disableMenu: readonly DisabledMessageContextMenu[]
  readonly forwardList?: ForwardList | undefined
  readonly quickReactions: readonly string[]
  /** seconds */
  readonly maxRecallDuration: number
}

export interface ListActionsOptions {
  settings: ActionSettings
  view(): ConversationView | undefined
  intents: Intents
  choosing: Choosing
  chooseTargets(limit: number): Promise<readonly ConversationId[]>
  /** Asks the user for another text. */
  edit(message: Message): Promise<void>
  tell(text: string): void
}

/** What can be done with the messages of the list, and the doing of it. */
export class ListActions {
  readonly #options: ListActionsOptions

  constructor(options: ListActionsOptions) {
    this.#options = options
  }

  isAllowed(item: DisabledMessageContextMenu): boolean {
    return !this.#options.settings.disableMenu.includes(item)
  }

  /** The lines of a message's menu, as they are now. */
  menuItems(message: Message): MenuItem[] {
    const { settings } = this.#options
    const view = this.#options.view()
    if (!view) return []
    const { kit, words } = view
    const rules = this.#rules(message, view)
    const actions = actionsFor(message, rules)
    const emoji = mayReact(message, rules) ? settings.quickReactions : []
    const given = message.reactions?.[view.client.userId] ?? []
    return [
      ...reactionItems(emoji, given, words, (it) => this.react(message, it)),
      ...builtInItems(actions, words, (action) => this.#run(action, message)),
      ...customItems(settings.customMenu, message, kit),
    ]
  }

  mayReact(message: Message): boolean {
    const view = this.#options.view()
    return !!view && mayReact(message, this.#rules(message, view))
  }

  /** Gives a message an emoji, or takes it back. */
  react(message: Message, emoji: string): void {
    const view = this.#options.view()
    if (!view) return
    void this.#options.intents.react(message, toggled(message, view.client.userId, emoji))
  }

  /** Milliseconds until a message can no longer be recalled; 0 or less: it can't be anyway. */
  recallTimeLeft(message: Message): number {
    const view = this.#options.view()
    return view ? recallTimeLeft(message, this.#rules(message, view)) : 0
  }

  /** Whether it can be one of several that are forwarded or deleted together. */
  canBeChosen(message: Message): boolean {
    const view = this.#options.view()
    return !!view && actionsFor(message, this.#rules(message, view)).includes('select')
  }

  /** What Enter does with a message. */
  activate(message: Message, row: Element): void {
    if (message.sentStatus === SentStatus.FAILED && isOwn(message)) {
      void this.#options.intents.resend(message)
      return
    }
    const main = '.picture, .card, im-voice, button.quote, .text a, .link'
    row.querySelector<HTMLElement>(main)?.click()
  }

  async forward(messages: readonly Message[], isMerged: boolean): Promise<void> {
    const { settings, choosing, chooseTargets, tell } = this.#options
    const view = this.#options.view()
    if (!view) return
    choosing.end()
    await forwardMessages(messages, isMerged, {
      kit: view.kit,
      forwardList: settings.forwardList,
      choose: chooseTargets,
      tell,
      nameOf: (userId) => view.nameOf(userId),
      digestOf: (message) => view.digestOf(message),
    })
  }

  async remove(messages: readonly Message[]): Promise<void> {
    const { intents, choosing } = this.#options
    const view = this.#options.view()
    choosing.end()
    if (view) await intents.remove(view.conversation, messages)
  }

  #run(action: MessageAction, message: Message): void {
    const { intents, choosing } = this.#options
    const actions: Record<MessageAction, () => unknown> = {
      resend: () => intents.resend(message),
      copy: () => intents.copy(message),
      quote: () => intents.quote(message),
      forward: () => this.forward([message], false),
      edit: () => this.#options.edit(message),
      select: () => choosing.begin(message),
      askWhoRead: () => intents.askWhoRead(message),
      recall: () => intents.recall(message),
      delete: () => this.remove([message]),
    }
    void actions[action]()
  }

  #rules(message: Message, { kit, client }: ConversationView): ActionRules {
    const { disableMenu, maxRecallDuration } = this.#options.settings
    return {
      look: lookOf(message, client.messageTypes, kit),
      disabled: disableMenu,
      recallDuration: recallMilliseconds(maxRecallDuration),
      now: client.serverTime(),
      canRecall: client.capabilities.has('recall'),
      canAskWhoRead: client.capabilities.has('groupReceipts'),
      canEdit: client.capabilities.has('edit'),
      canReact: client.capabilities.has('reactions'),
    }
  }
}
