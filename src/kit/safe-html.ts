/**
 * Markup of a host's renderer, sanitised. The only place where HTML is made of strings, and the
 * peer may have a hand in them: a host puts names and texts of messages into its markup.
 */
import { nothing, noChange } from 'lit'
import { AsyncDirective, directive } from 'lit/async-directive.js'
import { safeUrl } from './safe-url.js'

type Purifier = (html: string) => DocumentFragment

let purifier: Purifier | undefined
let loading: Promise<Purifier> | undefined

/** The string as a fragment. DOMPurify is loaded with the first one. */
export async function safeFragment(html: string): Promise<DocumentFragment> {
  return (await loadPurifier())(html)
}

class SafeHtml extends AsyncDirective {
  #html: string | undefined

  /** @param report called if DOMPurify can't be loaded: nothing is shown then */
  render(html: string, report: (error: unknown) => void): unknown {
    if (html === this.#html) return noChange
    this.#html = html
    if (purifier) return purifier(html)
    void this.#show(html, report)
    return nothing
  }

  async #show(html: string, report: (error: unknown) => void): Promise<void> {
    try {
      const fragment = await safeFragment(html)
      if (html === this.#html) this.setValue(fragment)
    } catch (error) {
      report(error)
    }
  }
}

/** Shows sanitised markup in a Lit template. */
export const safeHtml = directive(SafeHtml)

/** Attributes that hold an address. */
const addressAttributes: ReadonlySet<string> = new Set(['href', 'src', 'poster', 'xlink:href'])

async function loadPurifier(): Promise<Purifier> {
  loading ??= import('dompurify').then(({ default: createPurifier }) => {
    // An instance of our own: hooks on the page's one would change what the host sanitises.
    const purify = createPurifier(globalThis.window)
    purify.addHook('uponSanitizeAttribute', (_element, attribute) => {
      const { attrName, attrValue } = attribute
      if (addressAttributes.has(attrName)) attribute.keepAttr = safeUrl(attrValue) !== undefined
    })
    purify.addHook('afterSanitizeAttributes', (element) => {
      if (element.localName === 'a' && element.hasAttribute('href')) {
        element.setAttribute('target', '_blank')
        element.setAttribute('rel', 'noopener noreferrer')
      }
    })
    return (purifier = (html) =>
      applyInlineStyles(
        purify.sanitize(html, {
          RETURN_DOM_FRAGMENT: true,
          FORBID_TAGS: ['style', 'form', 'input', 'button', 'textarea', 'select', 'dialog'],
          FORBID_ATTR: ['srcset', 'ping', 'background', 'id', 'name'],
        }),
      ))
  })
  try {
    return await loading
  } catch (error) {
    loading = undefined
    throw error
  }
}

/**
 * A strict content security policy refuses `style` attributes that come with markup; the same
 * declarations set by script are allowed.
 */
function applyInlineStyles(fragment: DocumentFragment): DocumentFragment {
  for (const element of fragment.querySelectorAll<HTMLElement>('[style]')) {
    const declarations = element.getAttribute('style') ?? ''
    element.removeAttribute('style')
    element.style.cssText = declarations
  }
  return fragment
}
