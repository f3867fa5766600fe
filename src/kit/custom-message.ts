/** Shows what a host's renderer makes of a message. */
import { isTemplateResult } from 'lit/directive-helpers.js'
import type { Message } from '../model/message.js'
import { rendererOf, type CustomMessage } from './hooks.js'
import type { IMKit } from './kit.js'
import { safeHtml } from './safe-html.js'

/** Failures that have been reported: rows are drawn often. */
const reported = new WeakMap<Message, Set<string>>()

/**
 * For a template: the host's rendering, or `fallback` if there is none, if it throws, or if it is
 * nothing that can be shown. Strings are taken for markup and sanitised.
 */
export function renderCustom(
  kit: IMKit,
  kind: keyof CustomMessage,
  message: Message,
  fallback: unknown,
): unknown {
  const render = rendererOf(kit.customMessage, kind, message)
  if (!render) return fallback
  const context = `customMessage.${kind}["${message.messageType}"]`
  const report = (error: unknown) => reportOnce(kit, message, error, context)
  try {
    const rendering: unknown = render(message)
    if (typeof rendering === 'string' && rendering) return shownString(rendering, report)
    if (isTemplateResult(rendering) || rendering instanceof Node) return rendering
    report(new TypeError('The renderer gave no template, node or string.'))
  } catch (error) {
    report(error)
  }
  return fallback
}

/** A string without markup is text as it stands; most last messages are. */
function shownString(text: string, report: (error: unknown) => void): unknown {
  return /[<&]/.test(text) ? safeHtml(text, report) : text
}

function reportOnce(kit: IMKit, message: Message, error: unknown, context: string): void {
  const contexts = reported.get(message) ?? new Set()
  if (contexts.has(context)) return
  reported.set(message, contexts.add(context))
  kit.report(error, context)
}
