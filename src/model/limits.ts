/** The documented limits. A backend may set others; these hold where it says nothing. */
export const limits = {
  /** bytes of a serialized message */
  messageSize: 128 * 1024,
  /** messages a client may send in a second */
  sendRate: 5,
  groupMembers: 3000,
  /** conversations one forward may go to */
  forwardTargets: 5,
  /** seconds an own message can be recalled, unless the host says otherwise */
  recallDuration: 120,
  /** history page: at least and at most */
  historyCount: { min: 1, max: 100, default: 20 },
  conversationPullCount: { min: 1, max: 1000, default: 30 },
  expansion: { keyLength: 32, valueLength: 4096, pairsPerCall: 20, pairsPerMessage: 300 },
  /** emoji a user may give one message; characters of each */
  reactions: { perUser: 10, length: 32 },
  /** milliseconds between two typing notices, and until one expires */
  typing: { interval: 5000, expiry: 6000 },
  /** people one may block */
  blockList: 3000,
  /** people whose presence may be followed: in one call, and in all */
  presence: { perCall: 200, followed: 1000 },
  /** bytes of an uploaded file */
  fileSize: 100 * 1024 * 1024,
} as const

/** `[A-Za-z0-9+=-_]`, as documented for expansion keys. */
export const expansionKeyPattern = /^[A-Za-z0-9+=\-_]+$/

/** Whether this is what a user may say to one message by way of emoji. */
export function areReactions(value: unknown): value is string[] {
  const { perUser, length } = limits.reactions
  return (
    Array.isArray(value) &&
    value.length <= perUser &&
    value.every((it) => typeof it === 'string' && it !== '' && it.length <= length)
  )
}

const encoder = new TextEncoder()

/** Bytes of a value as it travels. */
export function serializedSize(value: unknown): number {
  return encoder.encode(JSON.stringify(value) ?? '').length
}
