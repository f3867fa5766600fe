/** Sends messages on: asks where to, checks the answer, tells how it went. */
import type { IMKit } from '../../src/kit/kit.js'
import { conversationIdOf, type ConversationId } from '../../src/model/conversation.js'
import { IMError, invalidParameter } from '../../src/model/errors.js'
import type { Message } from '../../src/model/message.js'

/** The host's way to choose where messages go. */
export interface ForwardList {
  /**
   * Gives the conversations, at most five; none: nothing is forwarded.
   * @param message the first of the messages
   * @param messages all of them
   */
  callback(
    message: Message,
    messages: readonly Message[],
  ): readonly ConversationId[] | Promise<readonly ConversationId[]>
}

export interface ForwardingOptions {
  kit: IMKit
  forwardList: ForwardList | undefined
  /** Asks the user, where the host has no way of its own. */
  choose(limit: number): Promise<readonly ConversationId[]>
  /** Shows the user a line for a moment, and has it read out. */
  tell(text: string): void
  nameOf(userId: string): string
  digestOf(message: Message): string
}

/** @param isMerged all as one message that can be opened; otherwise each by itself */
export async function forwardMessages(
  messages: readonly Message[],
  isMerged: boolean,
  options: ForwardingOptions,
): Promise<void> {
  const { kit, tell, nameOf, digestOf } = options
  const words = kit.words.peek()
  const limit = kit.options.maxForwardTargets
  try {
    const targets = await targetsFor(messages, limit, options)
    if (targets.length === 0) return
    if (targets.length > limit) {
      tell(words.forwardLimit(limit))
      const problem = `forwardList gave ${targets.length} conversations; at most ${limit} are possible. Nothing was sent.`
      kit.report(invalidParameter(problem), 'forwarding')
      return
    }
    if (isMerged) await loadNames(messages, kit)
    await kit.forward(messages, targets, isMerged ? { isMerged, nameOf, digestOf } : {})
    tell(words.forwarded)
  } catch (error) {
    kit.report(error, 'forwarding')
    tell(error instanceof IMError ? words.error(error.code) : words.forwardFailed)
  }
}

/** A merged message carries names: one that nobody has drawn yet is not known yet. */
async function loadNames(messages: readonly Message[], kit: IMKit): Promise<void> {
  const senders = new Set(messages.map(({ senderUserId }) => senderUserId))
  await Promise.all(Array.from(senders, (userId) => kit.people.loadUser(userId)))
}

async function targetsFor(
  messages: readonly Message[],
  limit: number,
  { forwardList, choose }: ForwardingOptions,
): Promise<ConversationId[]> {
  const [first] = messages
  if (!first) return []
  if (!forwardList) return [...(await choose(limit))]
  const targets: unknown = await forwardList.callback(first, messages)
  if (targets === undefined || targets === null) return []
  if (!Array.isArray(targets) || !targets.every(isConversation)) {
    throw invalidParameter(
      'forwardList.callback must return an array of { conversationType, targetId }.',
    )
  }
  return targets.map(conversationIdOf)
}

function isConversation(value: unknown): value is ConversationId {
  const { conversationType, targetId } = (value ?? {}) as Partial<ConversationId>
  return typeof conversationType === 'number' && typeof targetId === 'string' && targetId !== ''
}
