/** What can be done with a message: a pure function of the message, the clock and the host's wishes. */
import { DisabledMessageContextMenu as Disabled } from '../../src/kit/menu-items.js'
import { ConversationType } from '../../src/model/conversation.js'
import { limits } from '../../src/model/limits.js'
import { MessageType } from '../../src/model/message-types.js'
import { isOwn, isUnsent, SentStatus, type Message } from '../../src/model/message.js'
import type { MessageLook } from './list-entries.js'

export type MessageAction =
  'resend' | 'copy' | 'quote' | 'forward' | 'edit' | 'select' | 'askWhoRead' | 'recall' | 'delete'

export interface ActionRules {
  look: MessageLook
  disabled: readonly Disabled[]
  /** Milliseconds an own message can be recalled. */
  recallDuration: number
  /** Unix milliseconds by the server's clock. */
  now: number
  canRecall: boolean
  canAskWhoRead: boolean
  canEdit: boolean
  canReact: boolean
}

/** In the order of the menu. */
export function actionsFor(message: Message, rules: ActionRules): MessageAction[] {
  const isAllowed = (item: Disabled) => !rules.disabled.includes(item)
  const isSent = !isUnsent(message) && message.sentStatus !== SentStatus.FAILED
  const isBubble = rules.look === 'bubble'
  const actions: MessageAction[] = []
  const add = (action: MessageAction, condition: boolean) => {
    if (condition) actions.push(action)
  }
  add('resend', message.sentStatus === SentStatus.FAILED)
  add('copy', isBubble && isAllowed(Disabled.Copy) && copiedText(message) !== undefined)
  add('quote', isBubble && isSent && isAllowed(Disabled.Reference) && canAnswer(message))
  add('forward', isBubble && isSent && isAllowed(Disabled.Forward))
  add('edit', isBubble && isSent && mayEdit(message, rules))
  add('askWhoRead', isBubble && isSent && rules.canAskWhoRead && mayAskWhoRead(message))
  add('select', isBubble && isSent && (isAllowed(Disabled.Forward) || isAllowed(Disabled.Delete)))
  add(
    'recall',
    isSent && isAllowed(Disabled.Recall) && isBubble && recallTimeLeft(message, rules) > 0,
  )
  add('delete', isAllowed(Disabled.Delete))
  return actions
}

/** Whether this user may give it an emoji. */
export function mayReact(message: Message, rules: ActionRules): boolean {
  const isSent = !isUnsent(message) && message.sentStatus !== SentStatus.FAILED
  // Whoever wrote for the original knows no reactions: where nobody may answer, nobody may react.
  const isDisabled = [Disabled.React, Disabled.Reference].some((it) => rules.disabled.includes(it))
  return rules.canReact && !isDisabled && isSent && rules.look === 'bubble' && canAnswer(message)
}

/** What copying gives; only texts can be copied. */
export function copiedText({ messageType, content }: Message): string | undefined {
  const isText = messageType === MessageType.TEXT || messageType === MessageType.REFERENCE
  return isText && typeof content.content === 'string' ? content.content : undefined
}

/** Milliseconds for which it can still be recalled; 0 or less: no more, or never. */
export function recallTimeLeft(
  message: Message,
  { canRecall, recallDuration, now }: Pick<ActionRules, 'canRecall' | 'recallDuration' | 'now'>,
): number {
  if (!canRecall || !isOwn(message) || isUnsent(message) || !canAnswer(message)) return 0
  return message.sentTime + recallDuration - now
}

/** `maxRecallDuration` as hosts set it, in seconds, to milliseconds. 0 and nonsense are the default. */
export function recallMilliseconds(maxRecallDuration: number): number {
  const isDuration = Number.isFinite(maxRecallDuration) && maxRecallDuration > 0
  return (isDuration ? maxRecallDuration : limits.recallDuration) * 1000
}

function mayAskWhoRead(message: Message): boolean {
  const isGroup = message.conversationType === ConversationType.GROUP
  return isGroup && isOwn(message) && !message.readReceiptInfo?.isReceiptRequestMessage
}

/** An edit takes back what was said: where that is not wanted, neither is this. */
function mayEdit(message: Message, { canEdit, disabled }: ActionRules): boolean {
  const isDisabled = [Disabled.Edit, Disabled.Recall].some((item) => disabled.includes(item))
  const isText = copiedText(message) !== undefined
  return canEdit && !isDisabled && isOwn(message) && isText && canAnswer(message)
}

function canAnswer({ conversationType }: Message): boolean {
  return conversationType !== ConversationType.SYSTEM
}
