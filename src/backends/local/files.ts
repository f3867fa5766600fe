/** Files of all users, in slices, so that an upload has progress and can be stopped. */
import { ErrorCode, IMError, invalidParameter } from '../../model/errors.js'
import { uuidv7 } from '../../model/identity.js'
import type { Files, UploadOptions } from '../backend.js'
import { serviceError, type ServiceDatabase } from './service-database.js'

const SCHEME = 'imkit-local:'

/** bytes */
const SLICE_SIZE = 512 * 1024

/** Milliseconds after which an upload that did not end never will: its tab is gone. */
const ABANDONED_AFTER = 24 * 60 * 60 * 1000

/** The port's files, for one session. */
export class LocalFiles implements Files {
  /** Object URLs by URI; promises, so that asking twice at once makes one. */
  #urls = new Map<string, Promise<string>>()

  constructor(
    private readonly database: ServiceDatabase,
    /** bytes */
    private readonly sizeLimit: number,
    private readonly now: () => number,
  ) {}

  /** @throws IMError 34011 empty, too large or aborted; 33000 when the browser's storage is full */
  async upload(file: Blob, options: UploadOptions = {}): Promise<{ uri: string }> {
    this.#assertSize(file.size)
    const id = uuidv7(this.now())
    try {
      await this.#store(id, file, options)
    } catch (error) {
      await removeFile(this.database, id)
      throw serviceError(error)
    }
    return { uri: SCHEME + id }
  }

  /** @throws IMError 33003 for an address no page can load, or a file that is not here */
  url(uri: string): Promise<string> {
    const known = this.#urls.get(uri)
    if (known) return known
    const url = this.#open(uri)
    this.#urls.set(uri, url)
    url.catch(() => this.#urls.delete(uri))
    return url
  }

  /** Ends the validity of every address given. */
  close(): void {
    for (const [uri, url] of this.#urls) {
      if (uri.startsWith(SCHEME)) void url.then((it) => URL.revokeObjectURL(it), ignoreUnopened)
    }
    this.#urls.clear()
  }

  #assertSize(size: number): void {
    if (size === 0) {
      throw new IMError(ErrorCode.UPLOAD_FAIL, 'The file is empty: a file needs at least 1 byte.')
    }
    if (size > this.sizeLimit) {
      throw new IMError(
        ErrorCode.UPLOAD_FAIL,
        `The file has ${size} bytes; at most ${this.sizeLimit} are allowed.`,
      )
    }
  }

  async #store(id: string, file: Blob, { name, onProgress, signal }: UploadOptions): Promise<void> {
    const { files, fileSlices } = this.database
    const { size, type } = file
    const fileName = name ?? (file instanceof File ? file.name : '')
    assertNotAborted(signal)
    await files.add({
      id,
      name: fileName,
      type,
      size,
      isComplete: 0,
      startedTime: this.now(),
    })
    for (let index = 0; index * SLICE_SIZE < size; index += 1) {
      const bytes = file.slice(index * SLICE_SIZE, (index + 1) * SLICE_SIZE)
      await fileSlices.add({ fileId: id, index, bytes })
      assertNotAborted(signal)
      onProgress?.(Math.floor((Math.min((index + 1) * SLICE_SIZE, size) / size) * 100))
    }
    await files.update(id, { isComplete: 1 })
  }

  async #open(uri: string): Promise<string> {
    if (/^https?:/i.test(uri)) return uri
    if (!uri.startsWith(SCHEME)) {
      throw invalidParameter(
        `"${uri}" is no address of a file: pass http(s) or what upload() gave.`,
      )
    }
    const id = uri.slice(SCHEME.length)
    const file = await this.database.files.get(id)
    if (!file?.isComplete) throw invalidParameter(`The local service has no file "${uri}".`)
    const slices = await this.database.fileSlices
      .where('[fileId+index]')
      .between([id, 0], [id, Infinity])
      .toArray()
    const blob = new Blob(
      slices.map(({ bytes }) => bytes),
      { type: file.type },
    )
    return URL.createObjectURL(blob)
  }
}

/** Frees the storage of uploads whose tab was closed half-way. */
export async function removeAbandonedFiles(database: ServiceDatabase, now: number): Promise<void> {
  const started = await database.files.where('isComplete').equals(0).toArray()
  for (const { id, startedTime } of started) {
    if (now - startedTime > ABANDONED_AFTER) await removeFile(database, id)
  }
}

async function removeFile(database: ServiceDatabase, id: string): Promise<void> {
  const { files, fileSlices } = database
  await database.transaction('rw', files, fileSlices, async () => {
    await files.delete(id)
    await fileSlices.where('[fileId+index]').between([id, 0], [id, Infinity]).delete()
  })
}

function assertNotAborted(signal: AbortSignal | undefined): void {
  if (signal?.aborted) throw new IMError(ErrorCode.UPLOAD_FAIL, 'The upload was aborted.')
}

/** There is nothing to revoke; whoever asked for the address was told. */
function ignoreUnopened(): void {}
