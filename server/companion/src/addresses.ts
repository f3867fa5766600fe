/** Addresses on the wire, and the ids of users and groups that they stand for. */
/** The documents' numbers. */
const conversationTypes = { private: 1, group: 3, system: 6 } as const

export interface User {
  /** `alice@chat.example.org` */
  address: string
  /** The part before the @, as the archive has it. */
  name: string
  /** What the application calls the user. */
  id: string
}

/** The parts of `local@domain/resource`. `jid()` of @xmpp is not for this: it escapes what is escaped. */
const pattern = /^(?:([^\s"&'/:<>@]{1,1023})@)?([a-z0-9.-]{1,1023})(?:\/(.{1,1023}))?$/su

export interface Address {
  /** Without the resource. */
  bare: string
  name: string
  domain: string
  resource: string
}

/** Undefined for what is no address. */
export function parseAddress(text: unknown): Address | undefined {
  const [, name = '', domain, resource = ''] =
    (typeof text === 'string' && pattern.exec(text)) || []
  return domain ? { name, domain, resource, bare: name ? `${name}@${domain}` : domain } : undefined
}

/** A bare address, or undefined for what is none. */
export function bareAddress(text: unknown): string | undefined {
  const address = parseAddress(text)
  return address?.resource === '' ? address.bare : undefined
}

/** A bare address, or that of a voice of the server: `<host>/<voice>`. Undefined for other things. */
export function speakingAddress(text: unknown): string | undefined {
  const address = parseAddress(text)
  if (!address || (address.name && address.resource)) return undefined
  return address.resource ? `${address.domain}/${address.resource}` : address.bare
}

export function userOf(bare: string): User {
  const name = bare.slice(0, bare.indexOf('@'))
  return { address: bare, name, id: idOfName(name) }
}

/**
 * The id that a name was made from. What is not safe in a name is written as the hex digits of its
 * UTF-8 bytes, each behind a backslash (`src/backends/xmpp/addresses.ts` of imkit writes them).
 */
export function idOfName(name: string): string {
  return name.replace(/(?:\\[0-9a-f]{2})+/g, (escaped) => {
    const text = Buffer.from(escaped.replaceAll('\\', ''), 'hex').toString()
    return text.includes('\ufffd') ? escaped : text
  })
}

/** The way back from `idOfName`. */
export function nameOfId(id: string): string {
  return [...id]
    .map((character) =>
      /[a-z0-9._~-]/.test(character)
        ? character
        : Buffer.from(character).toString('hex').replace(/../g, '\\$&'),
    )
    .join('')
}

/** A conversation as the application knows it. */
export function conversationOf(
  address: string,
  rooms: string,
): { conversationType: number; targetId: string } {
  const at = address.indexOf('@')
  // The server itself: what it says as somebody.
  if (at < 0) {
    const voice = idOfName(address.slice(address.indexOf('/') + 1))
    return { conversationType: conversationTypes.system, targetId: voice }
  }
  const targetId = idOfName(address.slice(0, at))
  const isRoom = address.slice(at + 1) === rooms
  return {
    conversationType: isRoom ? conversationTypes.group : conversationTypes.private,
    targetId,
  }
}

/** How the client names the settings of a conversation. */
export function conversationKey(address: string, rooms: string): string {
  const { conversationType, targetId } = conversationOf(address, rooms)
  return `${conversationType}/${targetId.replaceAll('%', '%25').replaceAll('/', '%2F')}/`
}
