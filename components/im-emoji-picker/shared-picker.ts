import type { EmojiMartEmoji, EmojiMartPicker } from './emoji-mart-picker.js'

/** Who shows the picker. */
export interface PickerOwner {
  emojiSelected(emoji: EmojiMartEmoji): void
  /** Somebody else shows it from now on. */
  pickerTaken(): void
}

/**
 * The only emoji-mart picker of the page, loaded when it is first wanted, and whoever shows it now.
 * There is never a second one: emoji-mart does not let go of what it has made.
 */
let loading: Promise<EmojiMartPicker> | undefined
let owner: PickerOwner | undefined

/**
 * Hands the picker over. Undefined when somebody else has asked for it meanwhile.
 * @throws when it can't be loaded; the next call tries again
 */
export async function claimPicker(claimant: PickerOwner): Promise<EmojiMartPicker | undefined> {
  if (owner !== claimant) owner?.pickerTaken()
  owner = claimant
  const picker = await load()
  return owner === claimant ? picker : undefined
}

/** Takes the picker off the page, if it is still with this owner. */
export async function releasePicker(claimant: PickerOwner): Promise<void> {
  if (owner !== claimant) return
  owner = undefined
  const picker = await loading?.catch(() => undefined)
  if (!owner) picker?.remove()
}

function load(): Promise<EmojiMartPicker> {
  loading ??= import('./emoji-mart-picker.js').then(
    ({ createPicker }) => createPicker((emoji) => owner?.emojiSelected(emoji)),
    (error: unknown) => {
      loading = undefined
      throw error
    },
  )
  return loading
}
