/** What the original's calls resolve with. */
import { ErrorCode, IMError } from '../model/errors.js'

/** `code` 0 is success. Failures resolve too, with the number of an `ErrorCode`. */
export interface Result<Data = void> {
  code: number
  data?: Data
  /** What went wrong and, where somebody can mend it, how. */
  msg?: string
}

/** Runs a call and turns what comes of it, errors included, into a result. */
export async function resultOf<Data>(call: () => Data | Promise<Data>): Promise<Result<Data>> {
  try {
    return { code: ErrorCode.SUCCESS, data: await call() }
  } catch (error) {
    const { code, message } = IMError.from(error)
    return { code, msg: message }
  }
}
