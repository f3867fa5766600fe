/**
 * emoji-mart with its data. Heavy: imported only when an emoji is first wanted.
 *
 * emoji-mart brings its own look, an inline style sheet and roles that screen readers do not
 * understand. Here it gets ours: a constructed sheet (a strict Content-Security-Policy allows no
 * other) with the tokens, and the pattern of a combobox with a list.
 */
import english from '@emoji-mart/data/i18n/en.json'
import chinese from '@emoji-mart/data/i18n/zh.json'
import data from '@emoji-mart/data/sets/15/native.json'
import { Picker } from 'emoji-mart'
import { defineElement } from '../internal/define-element.js'
import { emojiMartStyles } from './emoji-mart.styles.js'

/** What emoji-mart tells of a chosen emoji, as far as it is used. */
export interface EmojiMartEmoji {
  /** its short name: `heart_eyes` */
  id: string
  /** the emoji itself, in the chosen skin tone */
  native: string
}

/** What is used of emoji-mart's own element and of the Preact component in it. */
interface EmojiMartElement extends HTMLElement {
  component?: {
    dir: 'ltr' | 'rtl'
    refs: { navigation: { current?: { forceUpdate(): void } } }
    register(): void
    forceUpdate(): void
  }
  disconnected?: boolean
  connectedCallback(): Promise<void>
  disconnectedCallback(): void
  injectStyles(styles: string): void
}

const EmojiMart = Picker as unknown as new (options: object) => EmojiMartElement

/** Its labels; emoji-mart keeps this very object, so a change of language is a change of it. */
const labels = { ...english }

/** The one picker of a page. Made by `createPicker`, and then only moved. */
export class EmojiMartPicker extends EmojiMart {
  /** Resolves when it shows emoji; anew each time it is put somewhere. */
  ready: Promise<void> = Promise.resolve()

  #observer = new MutationObserver(() => this.#annotate())

  override injectStyles(styles: string): void {
    this.shadowRoot!.adoptedStyleSheets = [sheet(styles), sheet(emojiMartStyles)]
  }

  /** emoji-mart gives up for good when it is taken off the page; this one goes on. */
  override connectedCallback(): Promise<void> {
    this.disconnected = false
    this.#observer.observe(this.shadowRoot!, {
      childList: true,
      subtree: true,
      attributeFilter: ['aria-selected'],
    })
    if (this.component) this.component.register()
    else this.ready = super.connectedCallback()
    return this.ready
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback()
    this.#observer.disconnect()
  }

  get searchField(): HTMLInputElement | null {
    return this.shadowRoot!.querySelector<HTMLInputElement>('input[type="search"]')
  }

  /** Shows all emoji again, from the first. */
  reset(): void {
    const field = this.searchField
    if (!field?.value) return
    field.value = ''
    field.dispatchEvent(new Event('input'))
  }

  /** @param language as in `Intl`; Chinese and English there are */
  label(language: string, isRightToLeft: boolean): void {
    const { component } = this
    const words = language.startsWith('zh') ? chinese : english
    const dir = isRightToLeft ? 'rtl' : 'ltr'
    if (labels.pick === words.pick && (!component || component.dir === dir)) return
    Object.assign(labels, words)
    if (!component) return
    component.dir = dir
    component.forceUpdate()
    component.refs.navigation.current?.forceUpdate()
    this.#annotate()
  }

  /** The search field is a combobox, the emoji are its options, the categories are tabs. */
  #annotate(): void {
    const root = this.shadowRoot!
    const list = root.querySelector('.scroll')
    setAttributes(list, { id: 'emoji', role: 'listbox', 'aria-label': labels.pick })
    for (const option of root.querySelectorAll('.scroll [aria-posinset]')) {
      const isSelected = option.hasAttribute('aria-selected')
      setAttributes(option, { role: 'option', id: isSelected ? 'selected' : '' })
    }
    setAttributes(root.querySelector('#nav > div'), { role: 'tablist' })
    for (const tab of root.querySelectorAll('#nav button')) setAttributes(tab, { role: 'tab' })
    setAttributes(root.querySelector('.skin-tone-button'), {
      'aria-selected': '',
      'aria-expanded': String(root.querySelector('.menu') !== null),
    })
    setAttributes(this.searchField, {
      role: 'combobox',
      'aria-label': labels.search,
      'aria-expanded': 'true',
      'aria-controls': 'emoji',
      'aria-activedescendant': root.querySelector('#selected') ? 'selected' : '',
    })
    // What is selected is said by the combobox already.
    setAttributes(root.querySelector('[aria-live]'), { 'aria-live': 'off' })
  }
}

/** Call it once: each instance leaks. */
export function createPicker(onSelect: (emoji: EmojiMartEmoji) => void): EmojiMartPicker {
  defineElement('im-emoji-mart', EmojiMartPicker)
  return new EmojiMartPicker({
    data,
    i18n: labels,
    set: 'native',
    // Colours come from the tokens, which know light and dark by themselves.
    theme: 'light',
    perLine: 8,
    navPosition: 'top',
    previewPosition: 'none',
    skinTonePosition: 'search',
    autoFocus: false,
    onEmojiSelect: onSelect,
  })
}

function sheet(styles: string): CSSStyleSheet {
  const result = new CSSStyleSheet()
  result.replaceSync(styles)
  return result
}

/** Sets what differs; '' removes. */
function setAttributes(element: Element | null, attributes: Record<string, string>): void {
  if (!element) return
  for (const [name, value] of Object.entries(attributes)) {
    if (value === '') element.removeAttribute(name)
    else if (element.getAttribute(name) !== value) element.setAttribute(name, value)
  }
}
