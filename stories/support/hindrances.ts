/** A backend in whose way a story puts something, so that a state which lasts a moment can be seen. */
import type {
  Backend,
  BackendSession,
  BackendSink,
  Credentials,
  OutgoingMessage,
  UploadOptions,
} from '../../src/backends/backend.js'
import { IMError, type ErrorCode } from '../../src/model/errors.js'

/** `never`: there is no answer. A code: that is the answer. */
export type Hindrance = 'never' | ErrorCode | undefined

export class HinderedBackend implements Backend {
  readonly name: string
  connects: Hindrance
  sends: (message: OutgoingMessage) => Hindrance = () => undefined
  /** Of history. */
  reads: Hindrance
  /** Percent at which uploads stop. */
  uploadsUpTo: number | undefined
  readonly #inner: Backend

  constructor(inner: Backend) {
    this.#inner = inner
    this.name = inner.name
  }

  userIdOf(token: string): string | undefined {
    return this.#inner.userIdOf?.(token)
  }

  async connect(credentials: Credentials, sink: BackendSink): Promise<BackendSession> {
    await passed(this.connects)
    const session = await this.#inner.connect(credentials, sink)
    const { send, history, files } = session
    session.send = async (message) => {
      await passed(this.sends(message))
      return send.call(session, message)
    }
    session.history = async (query) => {
      await passed(this.reads)
      return history.call(session, query)
    }
    const upload = files?.upload.bind(files)
    if (files && upload) {
      files.upload = async (file: Blob, options: UploadOptions = {}) => {
        if (this.uploadsUpTo === undefined) return upload(file, options)
        options.onProgress?.(this.uploadsUpTo)
        return givenUp(options.signal)
      }
    }
    return session
  }
}

async function passed(hindrance: Hindrance): Promise<void> {
  if (hindrance === 'never') await new Promise(() => {})
  else if (hindrance !== undefined) throw new IMError(hindrance)
}

function givenUp(signal: AbortSignal | undefined): Promise<never> {
  return new Promise((_, reject) => {
    signal?.addEventListener('abort', () => reject(signal.reason as Error), { once: true })
  })
}
