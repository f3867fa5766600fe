/** Tokens for a demo: whoever asks gets one. An application issues its own, to whom it knows. */
import { createHmac } from 'node:crypto'

/** A symmetric JSON Web Key (RFC 7517). */
export interface Jwk {
  kty: 'oct'
  /** base64url */
  k: string
}

/** A token (RFC 7519, HS256). @param now Unix milliseconds @param lifetime seconds */
export function tokenFor(address: string, { k }: Jwk, now: number, lifetime: number): string {
  const issued = Math.floor(now / 1000)
  const signed = [
    { alg: 'HS256', typ: 'JWT' },
    { sub: address, iat: issued, exp: issued + lifetime },
  ]
    .map((part) => Buffer.from(JSON.stringify(part)).toString('base64url'))
    .join('.')
  const signature = createHmac('sha256', Buffer.from(k, 'base64url')).update(signed)
  return `${signed}.${signature.digest('base64url')}`
}
