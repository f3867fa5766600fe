import type { ReactiveController, ReactiveControllerHost } from 'lit'
import { MentionHistory } from './mention-history.js'
import {
  applyEdit,
  editBetween,
  emptyText,
  leftover,
  withMention,
  type MentionText,
  type TextRange,
} from './mention-text.js'

export interface MentionFieldOptions {
  /** The field on the screen, once there is one. */
  area(): HTMLTextAreaElement | null
  /** The user has written something, here or through a button. */
  edited(): void
}

/**
 * A plain text field that knows who is mentioned in it. The browser's own textarea does the writing,
 * with all its input methods, undo and screen readers; this follows what it does.
 */
export class MentionField implements ReactiveController {
  #host: ReactiveControllerHost
  #options: MentionFieldOptions
  #value = emptyText
  #history = new MentionHistory()

  constructor(host: ReactiveControllerHost, options: MentionFieldOptions) {
    this.#host = host
    this.#options = options
    host.addController(this)
  }

  /** A textarea forgets what was written in it when it is drawn anew. */
  hostUpdated(): void {
    const area = this.#options.area()
    if (area && area.value !== this.#value.text) area.value = this.#value.text
  }

  get value(): MentionText {
    return this.#value
  }

  get caret(): number {
    return this.#options.area()?.selectionEnd ?? this.#value.text.length
  }

  /** Shows another text, as the page does and not the user; what could be undone is forgotten. */
  show(value: MentionText): void {
    this.#history.clear()
    this.#set(value)
    const area = this.#options.area()
    if (!area || area.value === value.text) return
    area.value = value.text
    area.setSelectionRange(value.text.length, value.text.length)
  }

  /** Writes in place of what is selected, or at the caret, as if it were typed. */
  insert(text: string): void {
    const area = this.#options.area()
    if (area) this.#write(area, { start: area.selectionStart, end: area.selectionEnd }, text)
  }

  /** Writes behind what is there, on a line of its own, as if it were typed. */
  append(text: string): void {
    const area = this.#options.area()
    const { length } = this.#value.text
    if (area) this.#write(area, { start: length, end: length }, length > 0 ? `\n${text}` : text)
  }

  /** Writes a mention and the space behind it in place of what stands there. */
  insertMention(range: TextRange, id: string, name: string): void {
    const area = this.#options.area()
    if (!area) return
    this.#write(area, range, `@${name} `)
    this.#set(withMention(this.#value, range.start, id, name))
    this.#options.edited()
  }

  /** To be called for `input` on the field. */
  readonly onInput = (event: Event): void => {
    const area = event.target as HTMLTextAreaElement
    const { inputType = '', isComposing = false } = event as Partial<InputEvent>
    const before = this.#value
    const edit = editBetween(before.text, area.value, area.selectionEnd)
    const isUndo = inputType.startsWith('history')
    this.#set((isUndo && this.#history.recall(area.value)) || applyEdit(before, edit))
    const rest = isUndo || isComposing ? undefined : leftover(before, edit)
    if (rest) this.#write(area, rest, '')
    else this.#options.edited()
  }

  #set(value: MentionText): void {
    this.#value = value
    this.#history.remember(value)
    this.#host.requestUpdate()
  }

  /**
   * Through the editing command, although it is deprecated: only so can it be undone with a key.
   * The browser then fires `input`. https://html.spec.whatwg.org/#execCommand
   */
  #write(area: HTMLTextAreaElement, { start, end }: TextRange, text: string): void {
    area.focus()
    area.setSelectionRange(start, end)
    const hasFocus = (area.getRootNode() as Document | ShadowRoot).activeElement === area
    const isWritten =
      hasFocus &&
      (text === ''
        ? document.execCommand('delete')
        : document.execCommand('insertText', false, text))
    if (!isWritten) area.setRangeText(text, start, end, 'end')
    if (area.value !== this.#value.text) this.#follow(area)
  }

  /** Takes over a change for which the field has fired no event. */
  #follow(area: HTMLTextAreaElement): void {
    const edit = editBetween(this.#value.text, area.value, area.selectionEnd)
    this.#set(applyEdit(this.#value, edit))
    this.#options.edited()
  }
}
