// What Svelte's language tools look up for the tags in markup.

import 'imkit/svelte'
import type { SvelteHTMLElements } from 'svelte/elements'

export const messages: SvelteHTMLElements['message-list'] = {
  maxRecallDuration: 300,
  class: 'messages',
  ontapMessage: ({ detail }) => detail.message,
}

// @ts-expect-error there is no such property
export const unknown: SvelteHTMLElements['message-list'] = { recallDuration: 300 }
// @ts-expect-error seconds are a number
export const text: SvelteHTMLElements['message-list'] = { maxRecallDuration: 'many' }
export const event: SvelteHTMLElements['conversation-list'] = {
  // @ts-expect-error the detail is a conversation
  ontapConversation: ({ detail }) => detail.messageUId,
}
