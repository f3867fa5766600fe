// The key that tokens are signed with: ejabberd has it to check them, the application's own server
// to issue them.

import { createHmac, randomBytes } from 'node:crypto'
import { existsSync, readFileSync, writeFileSync } from 'node:fs'

/**
 * The key in a file, a JSON Web Key (RFC 7517) for HS256. Made when there is none yet.
 *
 * @param {string} file
 * @param {number} [mode] who may read one that is made: only its owner
 * @returns {{ kty: 'oct', alg: 'HS256', k: string }}
 */
export function signingKey(file, mode = 0o600) {
  if (!existsSync(file)) {
    const key = { kty: 'oct', alg: 'HS256', k: randomBytes(32).toString('base64url') }
    writeFileSync(file, JSON.stringify(key), { mode })
  }
  return JSON.parse(readFileSync(file, 'utf8'))
}

/**
 * A token (RFC 7519) for a user of a domain.
 *
 * @param {{ k: string }} key
 * @param {string} subject the user's address, `alice@chat.example`
 * @param {number} lifetime in seconds
 */
export function signToken(key, subject, lifetime) {
  const expires = Math.floor(Date.now() / 1000) + lifetime
  const signed = [
    { alg: 'HS256', typ: 'JWT' },
    { sub: subject, exp: expires },
  ]
    .map((part) => Buffer.from(JSON.stringify(part)).toString('base64url'))
    .join('.')
  const signature = createHmac('sha256', Buffer.from(key.k, 'base64url')).update(signed)
  return `${signed}.${signature.digest('base64url')}`
}
