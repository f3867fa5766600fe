/**
 * Text in which some stretches name people. A plain text field knows nothing of them, so their
 * places are followed through every edit. Pure: no field, no screen.
 */
import type { Draft } from '../../src/model/conversation.js'

/** One person named in the text: `text.slice(start, end)` is `@` and the name. */
export interface Mention {
  readonly id: string
  readonly name: string
  readonly start: number
  readonly end: number
}

export interface MentionText {
  readonly text: string
  /** In the order of the text, never overlapping. */
  readonly mentions: readonly Mention[]
}

/** From `start` up to and not including `end`. */
export interface TextRange {
  readonly start: number
  readonly end: number
}

/** `inserted` has come in the place of the range. */
export interface TextEdit extends TextRange {
  readonly inserted: string
}

export const emptyText: MentionText = { text: '', mentions: [] }

/**
 * The one edit that leads from a text to another. The caret behind the edit tells which of several
 * equal letters has come or gone.
 */
export function editBetween(before: string, after: string, caret: number): TextEdit {
  let kept = after.length - caret
  if (kept > before.length || before.slice(before.length - kept) !== after.slice(caret)) {
    kept = commonEnd(before, after)
  }
  const start = commonStart(
    before.slice(0, before.length - kept),
    after.slice(0, after.length - kept),
  )
  return { start, end: before.length - kept, inserted: after.slice(start, after.length - kept) }
}

function commonStart(one: string, other: string): number {
  let length = 0
  while (length < one.length && length < other.length && one[length] === other[length]) length++
  return length
}

function commonEnd(one: string, other: string): number {
  let length = 0
  const most = Math.min(one.length, other.length)
  while (length < most && one.at(-1 - length) === other.at(-1 - length)) length++
  return length
}

/** Whether an edit changes a mention; what is typed right before or behind one does not. */
function cutsInto(mention: Mention, edit: TextEdit): boolean {
  return edit.start < mention.end && edit.end > mention.start
}

/** The text after an edit. A mention that it cuts into is a mention no longer; the others move along. */
export function applyEdit(value: MentionText, edit: TextEdit): MentionText {
  const shift = edit.inserted.length - (edit.end - edit.start)
  return {
    text: value.text.slice(0, edit.start) + edit.inserted + value.text.slice(edit.end),
    mentions: value.mentions
      .filter((mention) => !cutsInto(mention, edit))
      .map((mention) =>
        mention.start >= edit.end
          ? { ...mention, start: mention.start + shift, end: mention.end + shift }
          : mention,
      ),
  }
}

/**
 * What a deletion has left over of the mentions it cut into, in the text after it: a mention goes
 * as a whole. Undefined when it cut into none, or when something was typed into one.
 */
export function leftover(value: MentionText, edit: TextEdit): TextRange | undefined {
  const cut = value.mentions.filter((mention) => cutsInto(mention, edit))
  if (edit.inserted !== '' || cut.length === 0) return undefined
  const start = Math.min(edit.start, cut[0]!.start)
  const end = Math.max(edit.end, cut.at(-1)!.end) - (edit.end - edit.start)
  return start < end ? { start, end } : undefined
}

/** The text with a mention of somebody whose name has just been written at `start`. */
export function withMention(
  value: MentionText,
  start: number,
  id: string,
  name: string,
): MentionText {
  const end = start + 1 + name.length
  if (value.text.slice(start, end) !== `@${name}`) return value
  const others = value.mentions.filter((mention) => mention.end <= start || mention.start >= end)
  return {
    text: value.text,
    mentions: [...others, { id, name, start, end }].sort((one, other) => one.start - other.start),
  }
}

/** Names are shorter than this; what is longer is a sentence. */
const longestQuery = 40

/**
 * What is being written behind an `@` before the caret, and where that `@` stands. Not behind
 * letters and digits, where it is an e-mail address, and not in a mention that is already made.
 */
export function mentionQuery(
  value: MentionText,
  caret: number,
): { start: number; query: string } | undefined {
  const start = value.text.lastIndexOf('@', caret - 1)
  if (start < 0 || caret <= start || caret - start > longestQuery) return undefined
  if (/[\w.+-]/.test(value.text[start - 1] ?? '')) return undefined
  if (value.mentions.some((mention) => mention.start <= start && start < mention.end)) {
    return undefined
  }
  const query = value.text.slice(start + 1, caret)
  return /[\n\t]/.test(query) ? undefined : { start, query }
}

/** The mentions as drafts and messages have them: in order, without places. */
export function namedIn(value: MentionText): NonNullable<Draft['mentions']> {
  return value.mentions.map(({ id, name }) => ({ id, name }))
}

/**
 * The places again: each mention is the next such name in the text. Drafts come from any version of
 * any page; lines end here as they end in a text field.
 */
export function fromDraft(draft: Pick<Draft, 'text' | 'mentions'>): MentionText {
  const text = draft.text.replace(/\r\n?/g, '\n')
  const named = Array.isArray(draft.mentions) ? draft.mentions : []
  let from = 0
  const mentions: Mention[] = []
  for (const { id, name } of named) {
    const start = text.indexOf(`@${name}`, from)
    if (start < 0) continue
    from = start + 1 + name.length
    mentions.push({ id, name, start, end: from })
  }
  return { text, mentions }
}

/** A stretch of the text, for drawing. */
export interface TextPiece {
  readonly text: string
  readonly isMention: boolean
}

export function pieces(value: MentionText): TextPiece[] {
  const result: TextPiece[] = []
  let from = 0
  const add = (end: number, isMention: boolean) => {
    if (end > from) result.push({ text: value.text.slice(from, end), isMention })
    from = end
  }
  for (const mention of value.mentions) {
    add(mention.start, false)
    add(mention.end, true)
  }
  add(value.text.length, false)
  return result
}
