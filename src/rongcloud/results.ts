/** What the documented calls resolve with. A failure resolves too; nothing here ever rejects. */
import { ErrorCode, IMError } from '../model/errors.js'

export interface IAsyncRes<Data = void> {
  /** 0 is success; everything else a number of `ErrorCode`. */
  code: number
  data?: Data
  /** What went wrong and, where somebody can mend it, how. */
  msg?: string
}

/** Runs a call and turns what comes of it, errors included, into a result. */
export async function result<Data>(call: () => Data | Promise<Data>): Promise<IAsyncRes<Data>> {
  try {
    return success(await call())
  } catch (error) {
    return failure(error)
  }
}

export function success<Data>(data: Data): IAsyncRes<Data> {
  return { code: ErrorCode.SUCCESS, data, msg: 'SUCCESS' }
}

/** @param data what there is in spite of the failure, such as the message that could not be sent */
export function failure<Data>(error: unknown, data?: Data): IAsyncRes<Data> {
  const { code, message } = IMError.from(error)
  return data === undefined ? { code, msg: message } : { code, data, msg: message }
}
