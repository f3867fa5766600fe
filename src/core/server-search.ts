/**
 * Search on the backend, for what never came to this device: what is found there is stored here, and
 * then found here, in one order with everything else and no message twice.
 */
import type { ServerSearchQuery } from '../backends/backend.js'
import type { IMError } from '../model/errors.js'
import type { Searched } from './message-search-run.js'

export interface Brought {
  /** Something of it was not here before. */
  isNews: boolean
  /** Of the message that was found least recently, Unix milliseconds. */
  reach: number
  /** Where to go on; undefined: there is no more. */
  next: string | undefined
}

/** A page of what the backend finds, brought here. Undefined: there is nobody to ask. */
export async function bringFound(
  { scope, ingest, isRetryable }: Searched,
  query: ServerSearchQuery,
): Promise<Brought | undefined> {
  const search = scope.session()?.search
  if (!search) return undefined
  try {
    const { messages, operations, next } = await search.messages(query)
    const { isNews } = await ingest(scope, {
      source: 'history',
      messages: [...messages, ...operations],
      isApart: true,
    })
    return { isNews, reach: Math.min(...messages.map(({ sentTime }) => sentTime)), next }
  } catch (error) {
    if (!isRetryable((error as IMError).code)) scope.report(error, 'searching on the server')
    return undefined
  }
}
