/** Shows what a host's renderer gives. */
import type { Message } from '../model/message.js'
import type { CustomMessage } from './hooks.js'
import type { IMKit } from './kit.js'

/** What to put into a template: the rendering of the host, or `fallback` if it throws. */
export declare function renderCustom(
  kit: IMKit,
  kind: keyof CustomMessage,
  message: Message,
  fallback: unknown,
): unknown
