// Makes what the compose files need and nobody else may know: server/.env with passwords, and the
// key that tokens are signed with. What is there already stays.

import { randomBytes } from 'node:crypto'
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
  const filled = example.replace(
    /^(\w+)=$/gm,
    (_, name) => `${name}=k${randomBytes(24).toString('hex')}`,
  )
  writeFileSync(settings, filled, { mode: 0o600 })
  console.log(`Made ${settings}: set DOMAIN and PUBLIC_HOST in it.`)
}

mkdirSync(secrets, { recursive: true })
const key = join(secrets, 'key.jwk')
// In a container another user reads it; who gets at the folder is up to its parent's rights.
signingKey(key, 0o644)
console.log(`The key for tokens is ${key}: your application's server needs a copy.`)
