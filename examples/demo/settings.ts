/** How the page looks: kept for the next visit; the address may say otherwise for this one. */
import { effect, signal } from '@preact/signals-core'

const key = 'imkit-demo/settings'

const kept = JSON.parse(localStorage.getItem(key) ?? '{}') as Record<string, string | undefined>
const address = new URLSearchParams(location.search)

function setting<Value extends string>(name: string, values: readonly Value[], fallback: Value) {
  const wanted = address.get(name) ?? kept[name]
  return signal(values.find((value) => value === wanted) ?? fallback)
}

const pageLanguage = navigator.language.startsWith('zh') ? 'zh_CN' : 'en'

export const theme = setting('theme', ['auto', 'light', 'dark'], 'auto')
export const language = setting('lang', ['en', 'zh_CN'], pageLanguage)
export const direction = setting('dir', ['ltr', 'rtl'], 'ltr')

/** Who is on the page: `?user=carol` is one person alone. */
export const onlyPerson = address.get('user')

export function applySettings(): void {
  effect(() => {
    const { documentElement } = document
    documentElement.dataset.imTheme = theme.value
    documentElement.dir = direction.value
    documentElement.lang = language.value.replace('_', '-')
    const settings = { theme: theme.value, lang: language.value, dir: direction.value }
    localStorage.setItem(key, JSON.stringify(settings))
  })
}

export function forgetSettings(): void {
  localStorage.removeItem(key)
}
