/** JSON as the text of an element or an attribute: the few characters XML has no way to write are escaped. */
export function jsonText(value: unknown): string {
  return JSON.stringify(value ?? null).replace(
    /[\ufffe\uffff]/g,
    (character) => `\\u${character.charCodeAt(0).toString(16)}`,
  )
}

/** The value of a text somebody may have written by hand; undefined for what is no JSON. */
export function parsedJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    // Whoever wrote it speaks another language than we do.
    return undefined
  }
}
