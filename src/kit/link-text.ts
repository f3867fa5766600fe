/** Text with its links as elements: tokens become nodes, never markup. */
import { html, type TemplateResult } from 'lit'
import { tokenize } from 'linkifyjs'
import { safeUrl } from './safe-url.js'

/** Characters that are looked through; longer texts are shown as they are. */
const longest = 20_000

/** Without one of these there is no address in a text, and nothing to look for. */
const hint = /[.:@]/

export function linkText(text: string): (string | TemplateResult)[] {
  if (text.length > longest || !hint.test(text)) return [text]
  return tokenize(text).map((token) => {
    const address = token.isLink ? safeUrl(token.toHref('https')) : undefined
    if (!address) return token.toString()
    return html`<a part="link" href=${address} target="_blank" rel="noopener noreferrer" dir="auto"
      >${token.toString()}</a
    >`
  })
}
