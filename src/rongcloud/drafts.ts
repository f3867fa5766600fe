/** What is being written and not sent: one draft a conversation, the same on all devices. */
import { invalidParameter } from '../model/errors.js'
import { pageClient } from './page-client.js'
import type { IConversationOption } from './received.js'
import { result, type IAsyncRes } from './results.js'

/** An empty text removes the draft. `code`: 33003 the draft is no text. */
export function saveTextMessageDraft(
  conversation: IConversationOption,
  draft: string,
): Promise<IAsyncRes> {
  return result(async () => {
    if (typeof draft !== 'string') throw invalidParameter('A draft is a text.')
    await pageClient().conversations.saveDraft(conversation, { text: draft })
  })
}

/** The draft's text; empty without one. */
export function getTextMessageDraft(conversation: IConversationOption): Promise<IAsyncRes<string>> {
  return result(async () => (await pageClient().conversations.get(conversation)).draft)
}

export function clearTextMessageDraft(conversation: IConversationOption): Promise<IAsyncRes> {
  return result(() => pageClient().conversations.saveDraft(conversation, undefined))
}
