/**
 * Which language a kit speaks. Each kit has its own choice: two kits on one page may speak two
 * languages. That rules out `@shoelace-style/localize`, whose languages are the page's and whose
 * choice is the `lang` attribute of the document; signals do the same in fewer lines.
 */
import { computed, signal, type ReadonlySignal } from '@preact/signals-core'
import { en } from './locales/en.js'
import { zh_CN } from './locales/zh_CN.js'
import { attempt, pageStorage, type PageStorage } from './page-storage.js'
import type { Words } from './words.js'

/** Names as hosts pass them to `changeLanguage`. */
export enum Languages {
  ZH_CN = 'zh_CN',
  /** Named by the original, which ships no such words; until a host registers some: `zh_CN`. */
  ZH_TW = 'zh_TW',
  EN = 'en',
}

const builtIn: ReadonlyMap<string, Words> = new Map([
  [Languages.ZH_CN, zh_CN],
  [Languages.EN, en],
])

/** What is used of the page's storage to remember a choice. */
export type ChoiceStorage = Pick<PageStorage, 'getItem' | 'setItem'>

export class LanguageChoice {
  readonly #lang = signal<string>(Languages.ZH_CN)
  readonly #languages = signal(builtIn)
  readonly #storage: ChoiceStorage | undefined
  #storageKey: string | undefined

  constructor(storage: ChoiceStorage | undefined = pageStorage()) {
    this.#storage = storage
  }

  /** The language in use: one that there are words for. */
  readonly lang: ReadonlySignal<string> = computed(() =>
    this.#languages.value.has(this.#lang.value) ? this.#lang.value : Languages.ZH_CN,
  )

  readonly words: ReadonlySignal<Words> = computed(
    () => this.#languages.value.get(this.lang.value) ?? zh_CN,
  )

  /** Takes up the choice remembered under a key; without one, the host's. */
  restore(storageKey: string, preferred?: string): void {
    this.#storageKey = storageKey
    const remembered = attempt(() => this.#storage?.getItem(storageKey))
    this.#lang.value = remembered || preferred || this.#lang.value
  }

  /** A language without words counts as `zh_CN`. Gives the language that is spoken now. */
  change(lang: string): string {
    this.#lang.value = typeof lang === 'string' ? lang : Languages.ZH_CN
    const key = this.#storageKey
    if (key) attempt(() => this.#storage?.setItem(key, this.lang.value))
    return this.lang.value
  }

  /** Adds a language, or replaces words of one. Missing words are those of `en` or `zh_CN`. */
  register(lang: string, words: Partial<Words>): void {
    const languages = this.#languages.value
    const base = languages.get(lang) ?? (lang.toLowerCase().startsWith('zh') ? zh_CN : en)
    this.#languages.value = new Map(languages).set(lang, { ...base, ...words })
  }
}
