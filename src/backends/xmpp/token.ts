/**
 * Tokens: JSON Web Tokens signed by the host's server, which the XMPP server takes for a password.
 * Here they are only read; whether they are genuine is for the server to say.
 */
import { unescapeId } from './addresses.js'

export interface TokenClaims {
  /** Who it is for, as the server writes it. */
  local: string
  userId: string
  /** Unix milliseconds; absent: never. */
  expires?: number
}

/** What a token says; undefined for what is none. */
export function readToken(token: unknown): TokenClaims | undefined {
  if (typeof token !== 'string') return undefined
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
