/** The page's `localStorage`, as far as there is one and the browser lets it be used. */

/** What is used of it; a test may bring its own. */
export type PageStorage = Pick<Storage, 'length' | 'key' | 'getItem' | 'setItem' | 'removeItem'>

export function pageStorage(): PageStorage | undefined {
  return attempt(() => globalThis.localStorage)
}

/**
 * Private modes and sandboxed frames refuse storage by throwing, and a full one refuses to be
 * written to: then nothing is remembered.
 */
export function attempt<Value>(action: () => Value): Value | undefined {
  try {
    return action()
  } catch {
    return undefined
  }
}
