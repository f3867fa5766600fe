// Makes what the compose files need and nobody else may know: server/.env with passwords, and the
// key that tokens are signed with. What is there already stays.

import { createECDH, randomBytes } from 'node:crypto'
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { signingKey } from '../signing-key.js'

const server = join(import.meta.dirname, '..')
const settings = join(server, '.env')
const secrets = join(server, 'secrets')

if (existsSync(settings)) {
  console.log(`${settings} is there already.`)
} else {
  const example = readFileSync(join(import.meta.dirname, '.env.example'), 'utf8')
  const keys = pushKeys()
  const filled = example.replace(
    /^(\w+)=$/gm,
    (_, name) => `${name}=${keys[name] ?? `k${randomBytes(24).toString('hex')}`}`,
  )
  writeFileSync(settings, filled, { mode: 0o600 })
  console.log(`Made ${settings}: set DOMAIN and PUBLIC_HOST in it.`)
}

// In a container another user reads what is in it. Here nobody else gets at it.
mkdirSync(secrets, { recursive: true, mode: 0o700 })
const key = join(secrets, 'key.jwk')
signingKey(key, 0o644)
console.log(`The key for tokens is ${key}: your application's server needs a copy.`)

/** By which the services that push know who sends (RFC 8292). @returns {Record<string, string>} */
function pushKeys() {
  const pair = createECDH('prime256v1')
  pair.generateKeys()
  // Leading zeros belong to it.
  const secret = Buffer.concat([Buffer.alloc(32), pair.getPrivateKey()]).subarray(-32)
  return {
    VAPID_PUBLIC_KEY: pair.getPublicKey('base64url'),
    VAPID_PRIVATE_KEY: secret.toString('base64url'),
  }
}
