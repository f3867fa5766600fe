/** Files on the server's own store (XEP-0363): it gives an address to put one to, and one to read it from. */
import { ErrorCode, IMError, invalidParameter } from '../../model/errors.js'
import type { Files, UploadOptions } from '../backend.js'
import { fieldOf } from './data-form.js'
import { fileName } from './files-name.js'
import { isTaken, putFile, uploadGivenUp, type UploadSlot } from './files-put.js'
import { StanzaError, xml, type Wire } from './wire.js'

export const NS_UPLOAD = 'urn:xmpp:http:upload:0'
const NS_DISCO_INFO = 'http://jabber.org/protocol/disco#info'

/** What a slot may ask for besides (XEP-0363, 5); a page can't set cookies of others. */
const allowedHeaders = new Set(['authorization', 'expires'])

export class XmppFiles implements Files {
  #serverLimit: Promise<number> | undefined

  /**
   * @param service address of what gives the slots
   * @param sizeLimit bytes this client sends at most; the server may allow less
   */
  constructor(
    private readonly wire: Wire,
    private readonly service: string,
    private readonly sizeLimit: number,
  ) {}

  /** @throws IMError 34011 empty, too large, refused or aborted; a retryable one without a connection */
  async upload(file: Blob, options: UploadOptions = {}): Promise<{ uri: string }> {
    assertNotAborted(options.signal)
    await this.#assertSize(file.size)
    const name = options.name ?? (file instanceof File ? file.name : '')
    const { slot, uri } = await this.#slot(file, fileName(name, file.type))
    assertNotAborted(options.signal)
    const status = await putFile(slot, file, options)
    if (isTaken(status)) return { uri }
    if (status === 0) await this.#assertConnected()
    throw refusedFile(status, slot.putUrl)
  }

  /** @throws IMError 33003 for an address no page should load */
  async url(uri: string): Promise<string> {
    if (isWebAddress(uri)) return uri
    throw invalidParameter(`"${uri}" is no address of a file: pass http(s) or what upload() gave.`)
  }

  async #assertSize(size: number): Promise<void> {
    if (size === 0) throw refused('The file is empty: a file needs at least 1 byte.')
    const most = Math.min(this.sizeLimit, await this.#maxSize())
    if (size > most) throw refused(`The file has ${size} bytes; at most ${most} are allowed.`)
  }

  /** What the server allows, asked once. */
  #maxSize(): Promise<number> {
    this.#serverLimit ??= this.#askMaxSize()
    this.#serverLimit.catch(() => (this.#serverLimit = undefined))
    return this.#serverLimit
  }

  async #askMaxSize(): Promise<number> {
    const answer = await this.#ask(() => this.#info())
    const query = answer.getChild('query', NS_DISCO_INFO)
    const size = query && Number(fieldOf(query, NS_UPLOAD, 'max-file-size'))
    return size || Infinity
  }

  async #slot(file: Blob, filename: string): Promise<{ slot: UploadSlot; uri: string }> {
    const type = file.type || 'application/octet-stream'
    const attrs = { xmlns: NS_UPLOAD, filename, size: file.size, 'content-type': type }
    const answer = await this.#ask(() => this.wire.iq('get', xml('request', attrs), this.service))
    const slot = answer.getChild('slot', NS_UPLOAD)
    const put = slot?.getChild('put')
    const [putUrl, uri] = [put?.attrs.url, slot?.getChild('get')?.attrs.url]
    if (!isWebAddress(putUrl) || !isWebAddress(uri)) {
      throw refused('The server gave no address to put the file to.')
    }
    const headers: Record<string, string> = { 'Content-Type': type }
    for (const header of put?.getChildren('header') ?? []) {
      const name = header.attrs.name ?? ''
      if (allowedHeaders.has(name.toLowerCase())) {
        headers[name] = header.getText().replace(/[\r\n]/g, '')
      }
    }
    return { slot: { putUrl, headers }, uri }
  }

  #info() {
    return this.wire.iq('get', xml('query', { xmlns: NS_DISCO_INFO }), this.service)
  }

  async #ask<Answer>(question: () => Promise<Answer>): Promise<Answer> {
    try {
      return await question()
    } catch (error) {
      if (!(error instanceof StanzaError)) throw error
      const reason = error.text || reasons[error.condition] || error.condition
      throw refused(`The server refuses the file: ${reason}`, error)
    }
  }

  /**
   * A page is not told why it got no answer to a request. If the connection is gone as well, that is
   * why, and the file can be sent later.
   */
  async #assertConnected(): Promise<void> {
    await this.#ask(() => this.#info())
  }
}

/** For servers that do not say it in words. */
const reasons: Readonly<Record<string, string>> = {
  'resource-constraint': 'your room for files is used up.',
  'not-acceptable': 'it is too large.',
  forbidden: 'you may not upload files.',
  'not-allowed': 'you may not upload files.',
}

function refusedFile(status: number, putUrl: string): IMError {
  const { origin } = new URL(putUrl)
  switch (status) {
    case 0:
      return refused(
        `${origin} takes no files from this page: it can't be reached, or its answers lack the header Access-Control-Allow-Origin.`,
      )
    case 413:
      return refused('The server refuses the file: it is too large.')
    case 507:
      return refused('The server has no room for the file.')
    default:
      return refused(`The server does not take the file (HTTP ${status}).`)
  }
}

function refused(message: string, detail?: unknown): IMError {
  return new IMError(ErrorCode.UPLOAD_FAIL, message, detail)
}

function assertNotAborted(signal: AbortSignal | undefined): void {
  if (signal?.aborted) throw uploadGivenUp()
}

function isWebAddress(uri: string | undefined): uri is string {
  return uri !== undefined && /^https?:\/\//i.test(uri) && URL.canParse(uri)
}
