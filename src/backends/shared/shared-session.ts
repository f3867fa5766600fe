/** A session as the client sees it, wherever the connection is. */
import type {
  Acknowledgement,
  BackendSession,
  Batch,
  Capability,
  Cursor,
  Files,
  HistoryPage,
  HistoryQuery,
  OutgoingMessage,
  UploadOptions,
} from '../backend.js'
import { ErrorCode, IMError } from '../../model/errors.js'
import type { CallsUnderWay } from './calls-under-way.js'
import type { PlaceInStream } from './place-in-stream.js'
import type { PresenceOfTab } from './presence-of-tabs.js'
import { callsOf } from './session-calls.js'
import type { SharedFacts } from './tab-messages.js'

export interface SharedSessionOptions {
  facts: SharedFacts
  calls: CallsUnderWay
  place: PlaceInStream
  presence: PresenceOfTab
  serverTime: () => number
  close: () => Promise<void>
}

export function sharedSession(options: SharedSessionOptions): BackendSession {
  const { calls, facts, place, presence } = options
  const addresses = new Addresses(calls)
  const parts = Object.fromEntries(facts.parts.map((part) => [part, partFrom(part, calls)]))
  return {
    // What is there and what is not was read from a session of the same port.
    ...(parts as unknown as Pick<BackendSession, 'settings'>),
    ...(facts.parts.includes('files') ? { files: filesFrom(calls, addresses) } : {}),
    ...(facts.parts.includes('presence') ? { presence } : {}),
    userId: facts.userId,
    capabilities: new Set<Capability>(facts.capabilities),
    serverTime: options.serverTime,
    send: (message: OutgoingMessage) => calls.make('send', [message]) as Promise<Acknowledgement>,
    history: (query: HistoryQuery) => calls.make('history', [query]) as Promise<HistoryPage>,
    catchUp: (cursor: Cursor | undefined): AsyncIterable<Batch> => place.catchUp(cursor),
    close() {
      addresses.revoke()
      return options.close()
    },
  }
}

/** All calls of one part of the session. */
function partFrom(part: string, calls: CallsUnderWay): Record<string, unknown> {
  const make =
    (call: string) =>
    (...values: unknown[]) =>
      calls.make(`${part}.${call}`, values)
  return Object.fromEntries(callsOf(part).map((call) => [call, make(call)]))
}

/** What can't cross as it is: progress, giving up, and addresses that end with the tab they are of. */
function filesFrom(calls: CallsUnderWay, addresses: Addresses): Files {
  return {
    upload: (file, options) => upload(calls, file, options),
    url: (uri) => addresses.of(uri),
  }
}

async function upload(
  calls: CallsUnderWay,
  file: Blob,
  { name, onProgress, signal }: UploadOptions = {},
): Promise<{ uri: string }> {
  const aborted = new IMError(ErrorCode.UPLOAD_FAIL, 'The upload was aborted.')
  if (signal?.aborted) throw aborted
  const id = calls.newId()
  const giveUp = () => calls.drop(id, aborted)
  let told = -1
  signal?.addEventListener('abort', giveUp)
  try {
    const uploaded = await calls.make('files.upload', [file, name], {
      id,
      onProgress(percent) {
        // The next holder begins anew.
        if (percent > told) onProgress?.((told = percent))
      },
    })
    return uploaded as { uri: string }
  } finally {
    signal?.removeEventListener('abort', giveUp)
  }
}

/** Addresses this tab has made, for files that came from the one with the connection. */
class Addresses {
  readonly #calls: CallsUnderWay
  #addresses = new Map<string, Promise<string>>()
  #made: string[] = []
  #isOver = false

  constructor(calls: CallsUnderWay) {
    this.#calls = calls
  }

  of(uri: string): Promise<string> {
    const known = this.#addresses.get(uri)
    if (known) return known
    const address = this.#ask(uri)
    this.#addresses.set(uri, address)
    address.catch(() => this.#addresses.delete(uri))
    return address
  }

  revoke(): void {
    this.#isOver = true
    this.#addresses.clear()
    for (const address of this.#made.splice(0)) URL.revokeObjectURL(address)
  }

  async #ask(uri: string): Promise<string> {
    const found = (await this.#calls.make('files.url', [uri])) as string | Blob
    if (typeof found === 'string') return found
    const address = URL.createObjectURL(found)
    if (this.#isOver) URL.revokeObjectURL(address)
    else this.#made.push(address)
    return address
  }
}
