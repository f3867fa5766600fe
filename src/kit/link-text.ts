/** Text with its links as elements: tokens become nodes, never markup. */
import { html, type TemplateResult } from 'lit'
import { DrawnLater } from './drawn-later.js'
import { safeUrl } from './safe-url.js'

/** Characters that are looked through; longer texts are shown as they are. */
const longest = 20_000

/** A letter or a slash right behind one of these. Without it there is no address in a text. */
const hint = /[.:@][^\s\d.:@]/

const linkify = new DrawnLater(() => import('linkifyjs'))

/**
 * Read while drawing: the first text that may hold a link is drawn without it, and again when what
 * finds links is loaded.
 *
 * @param report called if it can't be loaded
 */
export function linkText(
  text: string,
  report: (error: unknown) => void,
): (string | TemplateResult)[] {
  if (text.length > longest || !hint.test(text)) return [text]
  const finder = linkify.read(report)
  if (!finder) return [text]
  return finder.tokenize(text).map((token) => {
    const address = token.isLink ? safeUrl(token.toHref('https')) : undefined
    if (!address) return token.toString()
    return html`<a part="link" href=${address} target="_blank" rel="noopener noreferrer" dir="auto"
      >${token.toString()}</a
    >`
  })
}
