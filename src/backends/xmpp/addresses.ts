/**
 * Ids of users and groups as parts of XMPP addresses, and back. Hosts' ids are any text; an address
 * folds case and forbids much. What is not plainly safe is written as the hex digits of its UTF-8
 * bytes, each behind a backslash: for the ten characters XEP-0106 knows that is its own form.
 */

const safe = /[a-z0-9._~-]/

/** An id as the part before the `@`. */
export function escapeId(id: string): string {
  let escaped = ''
  for (const character of id) {
    escaped += safe.test(character) ? character : escapeCharacter(character)
  }
  return escaped
}

/** The way back from `escapeId`. What was not escaped by us comes out as it is. */
export function unescapeId(local: string): string {
  return local.replace(/(?:\\[0-9a-f]{2})+/g, (escaped) => {
    const bytes = escaped.slice(1).split('\\')
    const text = decoder.decode(Uint8Array.from(bytes, (byte) => Number.parseInt(byte, 16)))
    return text.includes('\ufffd') ? escaped : text
  })
}

function escapeCharacter(character: string): string {
  return Array.from(
    encoder.encode(character),
    (byte) => `\\${byte.toString(16).padStart(2, '0')}`,
  ).join('')
}

const encoder = new TextEncoder()
const decoder = new TextDecoder()

/** The parts of `local@domain/resource`. */
export interface Address {
  local: string
  domain: string
  resource: string
}

export function parseAddress(address: string | undefined): Address {
  const [bare = '', ...resource] = (address ?? '').split('/')
  const at = bare.indexOf('@')
  return {
    local: at < 0 ? '' : bare.slice(0, at),
    domain: bare.slice(at + 1).toLowerCase(),
    resource: resource.join('/'),
  }
}

/** Without the resource. */
export function bareAddress(address: string | undefined): string {
  const { local, domain } = parseAddress(address)
  return local === '' ? domain : `${local}@${domain}`
}
