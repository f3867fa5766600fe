/** Tokens of the embedded service: they say who they are for, and are believed. */
import { ErrorCode, IMError } from '../../model/errors.js'
import type { LocalUser } from './options.js'

const PREFIX = 'local.'

interface TokenClaims {
  userId: string
  /** Unix milliseconds; absent: never. */
  expires?: number
}

/**
 * A token every local backend takes. Nothing secret is in it: whoever can run script on this
 * origin can read the service's database anyway.
 * @param options.expires Unix milliseconds from which on it is refused with 31020
 */
export function localToken(userId: string, options: { expires?: number } = {}): string {
  const claims: TokenClaims = { userId, expires: options.expires }
  const bytes = new TextEncoder().encode(JSON.stringify(claims))
  return PREFIX + btoa(String.fromCharCode(...bytes))
}

/** Who a token is for, expired or not; undefined for what is no token. */
export function tokenUser(token: string, users: readonly LocalUser[]): string | undefined {
  return (
    users.find((user) => user.token !== undefined && user.token === token)?.id ??
    read(token)?.userId
  )
}

/**
 * Who may come in with a token.
 * @throws IMError 31004 for a token that can't be read or a user that does not exist, 31020 expired
 */
export function authenticate(
  token: string,
  users: readonly LocalUser[],
  openUsers: boolean,
  now: number,
): string {
  const userId = tokenUser(token, users)
  if (userId === undefined) {
    throw new IMError(
      ErrorCode.RC_CONN_TOKEN_INCORRECT,
      'The local service does not know this token. Make one with localToken(userId).',
    )
  }
  if (!openUsers && !users.some((user) => user.id === userId)) {
    throw new IMError(
      ErrorCode.RC_CONN_TOKEN_INCORRECT,
      `The local service has no user "${userId}": add it to \`users\`, or leave \`openUsers\` on.`,
    )
  }
  const expires = read(token)?.expires
  if (expires !== undefined && expires <= now) {
    throw new IMError(ErrorCode.RC_CONN_TOKEN_EXPIRED, `The token of "${userId}" has expired.`)
  }
  return userId
}

function read(token: unknown): TokenClaims | undefined {
  if (typeof token !== 'string' || !token.startsWith(PREFIX)) return undefined
  try {
    const bytes = Uint8Array.from(atob(token.slice(PREFIX.length)), (character) =>
      character.charCodeAt(0),
    )
    const claims = JSON.parse(new TextDecoder().decode(bytes)) as Partial<TokenClaims> | null
    if (typeof claims?.userId !== 'string' || claims.userId === '') return undefined
    return { userId: claims.userId, expires: claims.expires }
  } catch {
    // Not base64, not JSON: not a token.
    return undefined
  }
}
