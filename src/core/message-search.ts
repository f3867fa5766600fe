/**
 * Search in what is stored here, and on the backend where it can search: the words of it. What does
 * it is loaded when somebody searches (`message-search-run.ts`).
 */
import { databaseError } from '../database/open.js'
import { conversationKey, type ConversationId } from '../model/conversation.js'
import { ErrorCode, IMError, invalidParameter, isRetryable } from '../model/errors.js'
import type { Message } from '../model/message.js'
import { whenNeeded } from '../model/when-needed.js'
import type { Conversation } from './conversation.js'
import { checkConversation } from './envelope.js'
import type { Searched } from './message-search-run.js'
import { ingest } from './inbox.js'

const load = whenNeeded(() => import('./message-search-run.js'))

/** What is looked for. At least one of `keyword`, `senderUserIds` and `messageTypes` is needed. */
interface SearchQuery {
  /**
   * Any part of a text, as it stands there: words in their order, whole or not. Case, full and half
   * width, and the kind of white space between words make no difference; accents do.
   */
  keyword?: string
  /** Only what one of these has sent. */
  senderUserIds?: readonly string[]
  /** Only of these types, such as `RC:FileMsg`. */
  messageTypes?: readonly string[]
  /** Not sent before or after: Unix milliseconds, themselves included. */
  from?: number
  to?: number
  /** Results at most: 1 to 50, 20 without it. */
  count?: number
  /** Ends the search; it rejects with the signal's reason, as `fetch` does. */
  signal?: AbortSignal
}

export interface MessageQuery extends SearchQuery {
  /** Only in this conversation. */
  conversation?: ConversationId
  /** The last message of the page before: what comes behind it is given. */
  before?: Pick<Message, 'sentTime' | 'messageId'>
  /**
   * Called with the best results so far, newest first, as soon as there are any and whenever they
   * have changed. While messages are looked through for the first time newer ones may still come in.
   */
  onFound?: (found: readonly FoundMessage[]) => void
}

export interface ConversationQuery extends SearchQuery {
  /** Only conversations of these types. */
  conversationTypes?: readonly number[]
}

/** Where a keyword stands in a message: the first place. */
export interface TextMatch {
  /** Field of the content. */
  field: string
  /** The text of the field; of a list, that which has the keyword. */
  text: string
  /** Places in `text`, as `slice` takes them. */
  start: number
  end: number
}

export interface FoundMessage {
  message: Message
  /** Absent when nothing but a sender or a type was asked for. */
  match?: TextMatch
}

export interface MessageSearchPage {
  /** Newest first. */
  found: FoundMessage[]
  /** Ask for more with `before`: the last message of this page. */
  hasMore: boolean
}

export interface FoundConversation {
  conversation: Conversation
  /** Messages in it that match. */
  matchCount: number
  /** The newest of them. */
  latest: FoundMessage
}

export class MessageSearch {
  readonly #searched: Searched

  constructor({
    scope,
    reader,
    conversations,
  }: Pick<Searched, 'scope' | 'reader' | 'conversations'>) {
    this.#searched = { scope, reader, conversations, ingest, isRetryable }
  }

  /**
   * Messages of this database that match all that is asked for, newest first. What of a type is
   * searched is in its `searchProps`: text, the own text of a reply, names of files and videos, title
   * and digest of a link, name of a place, title and lines of forwarded messages. Recalled and deleted
   * messages are not found. Needs no connection. With one, and a backend that can search
   * (capability `search`), also what never came to this device is found, and stored here; without,
   * what is not loaded yet is not found.
   * After the original's `searchMessages`, `searchMessageInTimeRange` and `searchMessagesByUser`.
   * @throws IMError 33003 for what can't be searched, 33002 when the database fails, 30002 when the
   *   code of the search could not be loaded; the signal's reason
   */
  async messages(query: MessageQuery): Promise<MessageSearchPage> {
    if (query?.conversation) checkConversation(query.conversation)
    const key = query?.conversation && conversationKey(query.conversation)
    return run(query, (code) => code.searchMessages(this.#searched, query, key))
  }

  /**
   * Conversations with messages that match, the one with the newest match first. Looks through
   * everything that is here, since it counts; of what a backend finds the newest 50 are brought here
   * first. After the original's `searchConversationByContent`.
   * @throws as `messages`
   */
  async conversations(query: ConversationQuery): Promise<FoundConversation[]> {
    return run(query, (code) => code.searchConversations(this.#searched, query))
  }
}

async function run<Result>(
  query: MessageQuery | ConversationQuery,
  search: (code: Awaited<ReturnType<typeof load>>) => Promise<Result>,
): Promise<Result> {
  const code = await load().catch((error: unknown) => {
    throw IMError.from(
      error,
      ErrorCode.RC_NET_UNAVAILABLE,
      'The code of the search could not be loaded. Try again when there is a network.',
    )
  })
  const problem = code.problemOf(query ?? {})
  if (problem) throw invalidParameter(problem)
  try {
    return await search(code)
  } catch (error) {
    throw query.signal?.aborted ? query.signal.reason : databaseError(error)
  }
}
