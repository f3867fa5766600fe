/** Who may edit a message, and what may be said to one by way of emoji. */
import { ErrorCode, IMError, invalidParameter } from '../../model/errors.js'
import { areReactions, limits } from '../../model/limits.js'
import type { ArchivedMessage } from '../../model/message.js'
import type { EditContent, ReactionContent } from '../../model/operations.js'
import type { CheckContext, Checked } from './operation-checks.js'
import { audienceOf, findTarget, isRecalled } from './operation-target.js'

/** @throws IMError 33003 for what is not there, or without a content; 20606 for others' and recalled ones */
export async function checkedEdit({ message, archive, now }: CheckContext): Promise<Checked> {
  const content = message.content as Partial<EditContent>
  const target = await findTarget(archive, now, content)
  if (!target) throw noSuchMessage()
  if (target.senderUserId !== message.senderUserId) {
    throw new IMError(ErrorCode.OPERATION_NOT_SUPPORT, 'Only its author may edit a message.')
  }
  if (typeof content.content !== 'object' || content.content === null) {
    throw invalidParameter("The message's new `content` has to be an object.")
  }
  if (isRecalled(archive.entries(), target)) {
    throw new IMError(ErrorCode.OPERATION_NOT_SUPPORT, 'The message has been recalled.')
  }
  return checkedFor(message, target)
}

/** @throws IMError 33003 for what is not there or recalled, and for what are no reactions */
export async function checkedReaction({ message, archive, now }: CheckContext): Promise<Checked> {
  const content = message.content as Partial<ReactionContent>
  const target = await findTarget(archive, now, content)
  if (!target || isRecalled(archive.entries(), target)) throw noSuchMessage()
  if (!areReactions(content.reactions)) {
    const { perUser, length } = limits.reactions
    throw invalidParameter(
      `\`reactions\` are at most ${perUser} texts of up to ${length} characters.`,
    )
  }
  return checkedFor(message, target)
}

function checkedFor(message: Checked['message'], target: ArchivedMessage): Checked {
  const { order, messageType } = target
  return { message, target: { order, messageType }, audience: audienceOf(target) }
}

function noSuchMessage(): IMError {
  return invalidParameter('There is no such message in this conversation.')
}
