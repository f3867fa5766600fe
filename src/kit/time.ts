/** How times are written. All by `Intl`, with formatters made once for each language. */
import type { Words } from './words.js'

/** In the middle of a conversation: `14:05`, `yesterday 14:05`, `3/4 14:05`, `3/4/2025 14:05`. */
export function timeLine(time: number, now: number, words: Words): string {
  const day = dayOf(time, now, words)
  const clock = messageTime(time, words)
  return day ? `${day} ${clock}` : clock
}

/** In the conversation list: `14:05`, `yesterday`, `3/4`, `3/4/2025`. */
export function listTime(time: number, now: number, words: Words): string {
  return dayOf(time, now, words) || messageTime(time, words)
}

/** `14:05` */
export function messageTime(time: number, { locale }: Words): string {
  return written(time, locale, 'clock')
}

/** Whole, for tooltips and screen readers: `Wednesday, March 4, 2026 at 14:05`. */
export function fullTime(time: number, { locale }: Words): string {
  return written(time, locale, 'full')
}

/** How long sound or film is: `0:07`, `12:30`, `1:02:03`. */
export function duration(seconds: number): string {
  const whole = Number.isFinite(seconds) ? Math.max(0, Math.round(seconds)) : 0
  const hours = Math.floor(whole / 3600)
  const minutes = Math.floor((whole % 3600) / 60)
  const rest = String(whole % 60).padStart(2, '0')
  return hours ? `${hours}:${String(minutes).padStart(2, '0')}:${rest}` : `${minutes}:${rest}`
}

const formats = {
  clock: { hour: '2-digit', minute: '2-digit', hourCycle: 'h23' },
  day: { month: 'numeric', day: 'numeric' },
  date: { year: 'numeric', month: 'numeric', day: 'numeric' },
  full: {
    year: 'numeric',
    month: 'long',
    day: 'numeric',
    weekday: 'long',
    hour: '2-digit',
    minute: '2-digit',
    hourCycle: 'h23',
  },
} as const satisfies Record<string, Intl.DateTimeFormatOptions>

const formatters = new Map<string, Intl.DateTimeFormat>()

function written(time: number, locale: string, format: keyof typeof formats): string {
  const date = new Date(time)
  if (Number.isNaN(date.getTime())) return ''
  const key = `${locale}/${format}`
  let formatter = formatters.get(key)
  if (!formatter) {
    formatters.set(key, (formatter = new Intl.DateTimeFormat(locale, formats[format])))
  }
  return formatter.format(date)
}

/** Empty for today. */
function dayOf(time: number, now: number, words: Words): string {
  const days = calendarDays(time, now)
  if (days === 0) return ''
  if (days === 1) return words.yesterday
  const isThisYear = new Date(time).getFullYear() === new Date(now).getFullYear()
  return written(time, words.locale, isThisYear ? 'day' : 'date')
}

/** Midnights between two times; days are not all of one length. */
function calendarDays(time: number, now: number): number {
  const startOf = (value: number) => {
    const date = new Date(value)
    return Date.UTC(date.getFullYear(), date.getMonth(), date.getDate())
  }
  return Math.round((startOf(now) - startOf(time)) / 86_400_000)
}
