/** Profiles: the cards that users keep on the server. */
import { ErrorCode } from '../../model/errors.js'
import type { UserProfile } from '../../model/people.js'
import type { Profiles } from '../backend.js'
import { inFlight } from './in-flight.js'
import { errorFrom } from './stanza-error.js'
import { changeCard, readCard } from './vcard.js'
import { StanzaError, type Wire } from './wire.js'

/** Milliseconds a profile is taken for what it still is. */
const FRESH_FOR = 60_000

/** Profiles that are remembered. */
const MOST_REMEMBERED = 2000

interface Remembered {
  profile: Promise<UserProfile | undefined>
  /** Unix milliseconds */
  asked: number
}

export class XmppProfiles implements Profiles {
  #remembered = new Map<string, Remembered>()

  /** @param addressOf the address of a user */
  constructor(
    private readonly wire: Wire,
    private readonly addressOf: (userId: string) => string,
  ) {}

  async users(userIds: string[]): Promise<UserProfile[]> {
    const profiles = await inFlight(userIds, (userId) => this.#profile(userId))
    return profiles.flatMap((profile) => profile ?? [])
  }

  /** What users are called, their id where nothing is known. */
  async names(userIds: readonly string[]): Promise<string[]> {
    const profiles = await inFlight(userIds, (userId) => this.#profile(userId))
    return userIds.map((userId, index) => profiles[index]?.name || userId)
  }

  async update(profile: { name?: string; portraitUri?: string }): Promise<void> {
    const { name, portraitUri } = profile
    try {
      await changeCard(this.wire, {
        ...(name !== undefined && { name }),
        ...(portraitUri !== undefined && { portraitUri }),
      })
    } catch (error) {
      throw errorFrom(error, ErrorCode.GET_USERINFO_ERROR)
    } finally {
      this.#remembered.delete(this.wire.userId)
    }
  }

  #profile(userId: string): Promise<UserProfile | undefined> {
    const asked = this.wire.serverTime()
    const known = this.#remembered.get(userId)
    if (known && asked - known.asked < FRESH_FOR) return known.profile
    const profile = this.#ask(userId)
    this.#remembered.delete(userId)
    this.#remembered.set(userId, { profile, asked })
    profile.catch(() => this.#remembered.delete(userId))
    const [longest] = this.#remembered.keys()
    if (this.#remembered.size > MOST_REMEMBERED) this.#remembered.delete(longest!)
    return profile
  }

  /** Who has no card, and who does not exist, are one to a server that does not tell. */
  async #ask(userId: string): Promise<UserProfile | undefined> {
    try {
      const card = await readCard(this.wire, this.addressOf(userId))
      return Object.keys(card).length > 0 ? { id: userId, ...card } : undefined
    } catch (error) {
      if (error instanceof StanzaError) return undefined
      throw error
    }
  }
}
