/**
 * Asks the companion (server/companion) and reads what its answers have in common. It vouches for
 * what it hands out as an archive does: what stands in the messages was written by users and is
 * checked like everything they write.
 */
import { ConversationType, type ConversationId } from '../../model/conversation.js'
import { ErrorCode } from '../../model/errors.js'
import { placeAt } from './archive-place.js'
import { entriesOf } from './archive-query.js'
import { receivedIn, type SourceContext } from './archive-source.js'
import { NS_ARCHIVE, NS_COMPANION } from './namespaces.js'
import type { People } from './people.js'
import type { Received } from './received.js'
import { errorFrom } from './stanza-error.js'
import { xml, type Element, type Wire } from './wire.js'

/** What is needed to ask it, and to read what it answers. */
export interface CompanionContext extends Pick<SourceContext, 'people' | 'belief'> {
  wire: Wire
}

/** The latest place it takes. */
const LAST_PLACE = String(Number.MAX_SAFE_INTEGER)

/**
 * @param name of the request, which the answer has too
 * @throws StanzaError when it refuses; IMError (retryable) when it does not answer
 */
export async function askCompanion(
  { wire, address }: { wire: Wire; address: string },
  name: string,
  attributes: Record<string, string | number | undefined>,
  ...children: Element[]
): Promise<Element | undefined> {
  const request = xml(name, { xmlns: NS_COMPANION, ...attributes }, ...children)
  const answer = await wire.iq('get', request, address)
  return answer.getChild(name, NS_COMPANION)
}

/** A refusal that means nothing to a user; it can be asked again. */
export function companionFailed(error: unknown): Error {
  return errorFrom(error, ErrorCode.SERVER_UNAVAILABLE)
}

/** What of the results in some elements belongs to a conversation. */
export function receivedFrom(
  conversation: ConversationId,
  context: CompanionContext,
  ...parts: (Element | undefined)[]
): Promise<Received[]> {
  const results = parts.flatMap((part) => part?.getChildren('result', NS_ARCHIVE) ?? [])
  const entries = results.flatMap((result) => entriesOf(context.people, result))
  return receivedIn(conversation, context, entries)
}

/** @param time Unix milliseconds */
export function placeWithin(time: number): string {
  const place = placeAt(time)
  return place.length > LAST_PLACE.length || place > LAST_PLACE ? LAST_PLACE : place
}

/** How it calls a conversation. */
export function companionAddress(
  people: People,
  { conversationType, targetId }: ConversationId,
): string {
  return conversationType === ConversationType.GROUP
    ? people.room(targetId)
    : people.counterpart({ conversationType, targetId })
}

export function conversationAt(
  people: People,
  address: string | undefined,
): ConversationId | undefined {
  const groupId = people.groupOf(address)
  if (groupId !== undefined) return { conversationType: ConversationType.GROUP, targetId: groupId }
  const userId = people.userOf(address)
  if (userId !== undefined) return { conversationType: ConversationType.PRIVATE, targetId: userId }
  const voice = people.voiceOf(address)
  return voice === undefined
    ? undefined
    : { conversationType: ConversationType.SYSTEM, targetId: voice }
}
