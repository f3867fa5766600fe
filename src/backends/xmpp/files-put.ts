/** Puts a file to an address. By XMLHttpRequest: `fetch` does not tell how far it is. */
import { ErrorCode, IMError } from '../../model/errors.js'
import type { UploadOptions } from '../backend.js'

/** An address that takes one file once. */
export interface UploadSlot {
  putUrl: string
  headers: Readonly<Record<string, string>>
}

/**
 * @returns the status of the answer; 0: there was none that a page may see
 * @throws IMError 34011 when it was given up
 */
export function putFile(
  { putUrl, headers }: UploadSlot,
  file: Blob,
  { onProgress, signal }: UploadOptions,
): Promise<number> {
  const request = new XMLHttpRequest()
  let told = -1
  const tell = (percent: number) => {
    if (percent <= told || signal?.aborted) return
    told = percent
    onProgress?.(percent)
  }
  const giveUp = () => request.abort()
  return new Promise<number>((resolve, reject) => {
    request.open('PUT', putUrl)
    for (const [name, value] of Object.entries(headers)) request.setRequestHeader(name, value)
    request.upload.onprogress = ({ loaded }) => tell(Math.floor((loaded / file.size) * 100))
    request.onload = () => {
      if (isTaken(request.status)) tell(100)
      resolve(request.status)
    }
    request.onerror = () => resolve(0)
    request.onabort = () => reject(uploadGivenUp())
    signal?.addEventListener('abort', giveUp)
    request.send(file)
  }).finally(() => signal?.removeEventListener('abort', giveUp))
}

export function isTaken(status: number): boolean {
  return status >= 200 && status < 300
}

export function uploadGivenUp(): IMError {
  return new IMError(ErrorCode.UPLOAD_FAIL, 'The upload was aborted.')
}
