import { ErrorCode, IMError } from '../../src/model/errors.js'

/** What a call is refused with. Fails if it is not refused, or with anything but an IMError. */
export async function refusalOf(call: Promise<unknown>): Promise<IMError> {
  const error: unknown = await call.then(
    () => new Error('The call should have been refused, but it was not.'),
    (reason) => reason,
  )
  if (error instanceof IMError) return error
  throw error
}

/** The code a call ends with: `SUCCESS` if it is not refused. */
export async function codeOf(call: Promise<unknown>): Promise<ErrorCode> {
  try {
    await call
    return ErrorCode.SUCCESS
  } catch (error) {
    if (error instanceof IMError) return error.code
    throw error
  }
}
