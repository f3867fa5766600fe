/** Who can be mentioned, for what has been typed behind the `@`. */
import { EVERYONE } from '../../src/kit/send-content.js'

export interface MentionChoice {
  /** `EVERYONE` for all members */
  id: string
  /** what is written behind the `@` */
  name: string
  portraitUri?: string
}

/** What is needed of a member of a group. */
export interface MentionableMember {
  id: string
  name?: string
  groupNickname?: string
  portraitUri?: string
}

/** More than anyone reads; typing on shortens the list. */
const mostChoices = 100

/**
 * "Everyone" first, then the members whose names start with the query, then those in which it
 * stands somewhere else. People of one name all stay: their ids differ.
 */
export function mentionChoices(
  members: readonly MentionableMember[],
  { query, ownId, everyone }: { query: string; ownId: string; everyone: string },
): MentionChoice[] {
  const wanted = folded(query)
  const ranked = members
    .filter(({ id }) => id !== ownId && id !== EVERYONE)
    .map((member) => ({ member, rank: rankOf(member, wanted) }))
    .filter(({ rank }) => rank < noMatch)
    .sort((one, other) => one.rank - other.rank)
    .map(({ member }) => ({
      id: member.id,
      name: member.groupNickname || member.name || member.id,
      portraitUri: member.portraitUri,
    }))
  const isEveryone = folded(everyone).startsWith(wanted)
  return [...(isEveryone ? [{ id: EVERYONE, name: everyone }] : []), ...ranked].slice(
    0,
    mostChoices,
  )
}

const noMatch = 2

/** 0: a name starts with it, 1: it stands in a name. */
function rankOf({ id, name, groupNickname }: MentionableMember, wanted: string): number {
  const ranks = [groupNickname, name, name ? '' : id].map((text) => {
    const place = text ? folded(text).indexOf(wanted) : -1
    return place < 0 ? noMatch : Math.min(place, 1)
  })
  return Math.min(...ranks)
}

/** Without case, width and accents. */
function folded(text: string): string {
  return text.normalize('NFKD').replace(/\p{M}/gu, '').toLowerCase()
}
