/** Addresses from messages may lead anywhere. Only these schemes reach an attribute. */

const allowed: ReadonlySet<string> = new Set(['http:', 'https:', 'mailto:', 'tel:', 'blob:'])

/** Where a page without an address of its own is, so that a relative address resolves. */
const nowhere = 'https://invalid.invalid/'

/**
 * The address, or undefined if it is none or of a scheme that could do something: `javascript:`,
 * `data:`, `file:`. Relative addresses stay as they are.
 */
export function safeUrl(address: unknown): string | undefined {
  if (typeof address !== 'string') return undefined
  // Browsers skip these anywhere in an address, so that `java\nscript:` would be one too.
  const text = address.replace(/[\t\n\r]/g, '').trim()
  if (!text) return undefined
  try {
    return allowed.has(new URL(text, nowhere).protocol) ? text : undefined
  } catch {
    return undefined
  }
}
