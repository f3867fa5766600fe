import type {
  Backend,
  BackendSession,
  BackendSink,
  Credentials,
  Files,
} from '../../src/backends/backend.js'
import { ErrorCode, IMError } from '../../src/model/errors.js'

/** A backend whose uploads stop half-way until a test lets them go on. */
export class HeldUploads implements Backend {
  readonly name: string
  /** Uploads that have begun. */
  count = 0
  /** Those that were given up by who asked for them. */
  abortCount = 0
  #refusals: ErrorCode[] = []
  #release!: () => void
  #released = new Promise<void>((resolve) => (this.#release = resolve))

  constructor(readonly inner: Backend) {
    this.name = inner.name
  }

  userIdOf(token: string): string | undefined {
    return this.inner.userIdOf?.(token)
  }

  async connect(credentials: Credentials, sink: BackendSink): Promise<BackendSession> {
    const session = await this.inner.connect(credentials, sink)
    return Object.defineProperty(session, 'files', { value: this.#hold(session.files!) })
  }

  release(): void {
    this.#release()
  }

  refuseNext(code: ErrorCode): void {
    this.#refusals.push(code)
  }

  #hold(files: Files): Files {
    return {
      url: (uri) => files.url(uri),
      upload: async (file, options = {}) => {
        this.count += 1
        options.onProgress?.(50)
        const code = this.#refusals.shift()
        if (code !== undefined) throw new IMError(code)
        await Promise.race([this.#released, this.#aborted(options.signal)])
        return files.upload(file, options)
      },
    }
  }

  #aborted(signal: AbortSignal | undefined): Promise<never> {
    return new Promise((_, reject) => {
      signal?.addEventListener('abort', () => {
        this.abortCount += 1
        reject(new IMError(ErrorCode.UPLOAD_FAIL))
      })
    })
  }
}
