/**
 * Logging in with a password that the server is shown a proof of, and that it proves to know in turn:
 * SCRAM (RFC 5802, RFC 7677), without channel binding, which browsers do not offer.
 */
import { ErrorCode, IMError } from '../../model/errors.js'

/** Mechanisms by their hash; the first one a server offers is taken. */
const hashes = { 'SCRAM-SHA-256': 'SHA-256', 'SCRAM-SHA-1': 'SHA-1' } as const

/** A server that asks for more only wants to keep this machine busy. */
const MOST_ITERATIONS = 1_000_000

export interface ScramExchange {
  mechanism: string
  /** What is said first. */
  first: string
  /** @throws IMError 31004 for a challenge that is not meant for this login */
  answer(challenge: string): Promise<string>
  /** Whether the server knows the password too. */
  isGenuine(success: string): boolean
}

/** Undefined: the server offers none that this browser can do. */
export function beginScram(
  { local, password }: { local: string; password: string },
  offered: ReadonlySet<string>,
  nonce = text64(crypto.getRandomValues(new Uint8Array(18))),
): ScramExchange | undefined {
  const mechanism = Object.keys(hashes).find((name) => offered.has(name)) as keyof typeof hashes
  // Only pages of secure origins have it.
  if (!mechanism || !globalThis.crypto?.subtle) return undefined
  const hash = hashes[mechanism]
  const bare = `n=${local.replaceAll('=', '=3D').replaceAll(',', '=2C')},r=${nonce}`
  let signature = ''
  return {
    mechanism,
    first: `n,,${bare}`,
    async answer(challenge) {
      const { r = '', s = '', i = '' } = partsOf(challenge)
      const iterations = Number(i)
      const isMeant = r.startsWith(nonce) && r.length > nonce.length && s !== ''
      if (!isMeant || !(iterations >= 1 && iterations <= MOST_ITERATIONS)) throw notGenuine()
      const final = `c=biws,r=${r}`
      const said = `${bare},${challenge},${final}`
      const salted = await saltedPassword(hash, password, bytes64(s), iterations)
      const clientKey = await hmac(hash, salted, 'Client Key')
      const storedKey = new Uint8Array(await crypto.subtle.digest(hash, clientKey))
      const proof = await hmac(hash, storedKey, said)
      signature = text64(await hmac(hash, await hmac(hash, salted, 'Server Key'), said))
      return `${final},p=${text64(proof.map((byte, at) => byte ^ clientKey[at]!))}`
    },
    isGenuine: (success) => signature !== '' && partsOf(success).v === signature,
  }
}

export function notGenuine(): IMError {
  return new IMError(
    ErrorCode.RC_CONN_TOKEN_INCORRECT,
    'The server does not prove that it knows the password: it may not be the one it claims to be.',
  )
}

/** `r=…,s=…,i=4096` */
function partsOf(message: string): Record<string, string | undefined> {
  return Object.fromEntries(
    message.split(',').map((part) => [part.slice(0, 1), part.slice(2)] as const),
  )
}

async function saltedPassword(
  hash: string,
  password: string,
  salt: Uint8Array<ArrayBuffer>,
  iterations: number,
): Promise<Uint8Array<ArrayBuffer>> {
  const text = encoder.encode(password.normalize('NFKC'))
  const key = await crypto.subtle.importKey('raw', text, 'PBKDF2', false, ['deriveBits'])
  const bits = hash === 'SHA-1' ? 160 : 256
  const how = { name: 'PBKDF2', hash, salt, iterations }
  return new Uint8Array(await crypto.subtle.deriveBits(how, key, bits))
}

async function hmac(
  hash: string,
  secret: Uint8Array<ArrayBuffer>,
  text: string,
): Promise<Uint8Array<ArrayBuffer>> {
  const how = { name: 'HMAC', hash }
  const key = await crypto.subtle.importKey('raw', secret, how, false, ['sign'])
  return new Uint8Array(await crypto.subtle.sign('HMAC', key, encoder.encode(text)))
}

const encoder = new TextEncoder()

function text64(bytes: Uint8Array): string {
  return btoa(String.fromCharCode(...bytes))
}

function bytes64(text: string): Uint8Array<ArrayBuffer> {
  return Uint8Array.from(atob(text), (character) => character.charCodeAt(0))
}
