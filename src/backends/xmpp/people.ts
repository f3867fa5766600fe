/** Who is behind an address, and which address is somebody's. */
import { ConversationType, type ConversationId } from '../../model/conversation.js'
import { bareAddress, escapeId, parseAddress, unescapeId } from './addresses.js'

/** Where messages of a user to the own devices go; a part of the own address nobody logs in with. */
const OWN_DEVICES = 'imkit-own-devices'

export class People {
  /** The own address, without a session's part. */
  readonly self: string

  /**
   * @param jid address of this session
   * @param rooms address of the service that holds the groups
   */
  constructor(
    jid: string,
    readonly userId: string,
    readonly rooms: string | undefined,
  ) {
    this.self = bareAddress(jid)
  }

  get domain(): string {
    return parseAddress(this.self).domain
  }

  /** Where notes to the own devices are sent, and found again in the archive. */
  get ownDevices(): string {
    return `${this.self}/${OWN_DEVICES}`
  }

  user(userId: string): string {
    return userId === this.userId ? this.self : `${escapeId(userId)}@${this.domain}`
  }

  room(groupId: string): string {
    return `${escapeId(groupId)}@${this.rooms ?? ''}`
  }

  /** A member of a group, as a group's address names one. */
  member(groupId: string, userId: string): string {
    return `${this.room(groupId)}/${this.nickname(userId)}`
  }

  /** What the own archive has of a group: what was said in it to some of its members alone. */
  whispers(groupId: string): string {
    return `${escapeId(groupId)}@whispers.${this.rooms ?? ''}`
  }

  /** What a user is called in groups: there it is the name for one's address. */
  nickname(userId: string): string {
    return userId === this.userId ? parseAddress(this.self).local : escapeId(userId)
  }

  /** Whom the own archive of a conversation is about. */
  counterpart({ conversationType, targetId }: ConversationId): string {
    switch (conversationType) {
      case ConversationType.GROUP:
        return this.whispers(targetId)
      case ConversationType.SYSTEM:
        return `${this.domain}/${escapeId(targetId)}`
      default:
        return this.user(targetId)
    }
  }

  /** The user of an address; undefined if it is no user's of this server. */
  userOf(address: string | undefined): string | undefined {
    const { local, domain } = parseAddress(address)
    if (local === '' || domain !== this.domain) return undefined
    return bareAddress(address) === this.self ? this.userId : unescapeId(local)
  }

  /** The group of an address; undefined if it is none's. */
  groupOf(address: string | undefined): string | undefined {
    const { local, domain } = parseAddress(address)
    return local !== '' && domain === this.rooms ? unescapeId(local) : undefined
  }

  /** What the server itself speaks as; undefined if the address is not its own. */
  voiceOf(address: string | undefined): string | undefined {
    const { local, domain, resource } = parseAddress(address)
    const isServer = local === '' && domain === this.domain && resource !== ''
    return isServer ? unescapeId(resource) : undefined
  }

  /** The user a nickname stands for. */
  memberOf(nickname: string): string {
    return nickname === parseAddress(this.self).local ? this.userId : unescapeId(nickname)
  }
}
