/**
 * Tokens: JSON Web Tokens signed by the host's server, which the XMPP server takes for a password; or
 * a user and a password, where the server knows passwords. Here they are only read; whether they are
 * genuine is for the server to say.
 */
import { invalidParameter } from '../../model/errors.js'
import { escapeId, unescapeId } from './addresses.js'
import { parsedJson } from './json-text.js'

/** What a token with a password begins with; a JSON Web Token has no colon. */
const PASSWORD = 'password:'

export interface TokenClaims {
  /** Who it is for, as the server writes it. */
  local: string
  userId: string
  /** Unix milliseconds; absent: never. */
  expires?: number
  /** The user's own, which the server need not be sent. */
  password?: string
}

/**
 * What to log in with where the server knows its users by passwords and takes no tokens.
 * @throws IMError 33003 without one of the two
 */
export function passwordToken(userId: string, password: string): string {
  if (!userId || !password || typeof userId !== 'string' || typeof password !== 'string') {
    throw invalidParameter('passwordToken() needs a user and a password, both texts.')
  }
  return PASSWORD + JSON.stringify([userId, password])
}

/** What a token says; undefined for what is none. */
export function readToken(token: unknown): TokenClaims | undefined {
  if (typeof token !== 'string') return undefined
  if (token.startsWith(PASSWORD)) return readPassword(token.slice(PASSWORD.length))
  const [, payload, signature, ...more] = token.split('.')
  if (!payload || !signature || more.length > 0) return undefined
  try {
    const text = atob(payload.replaceAll('-', '+').replaceAll('_', '/'))
    const bytes = Uint8Array.from(text, (character) => character.charCodeAt(0))
    const claims = JSON.parse(new TextDecoder().decode(bytes)) as { sub?: unknown; exp?: unknown }
    if (typeof claims?.sub !== 'string') return undefined
    const [local = ''] = claims.sub.split('@')
    if (local === '') return undefined
    const expires = typeof claims.exp === 'number' ? claims.exp * 1000 : undefined
    return { local, userId: unescapeId(local), expires }
  } catch {
    // Neither base64 nor JSON: no token.
    return undefined
  }
}

function readPassword(text: string): TokenClaims | undefined {
  const [userId, password] = [parsedJson(text)].flat() as unknown[]
  if (typeof userId !== 'string' || typeof password !== 'string') return undefined
  return { local: escapeId(userId), userId, password }
}
