/** How times are written. All by `Intl`; formatters are made once for each language. */
import type { Words } from './words.js'

/** Between messages: `14:05`, `yesterday 14:05`, `Monday 14:05`, `3/4 14:05`, `2025/3/4 14:05`. */
export declare function timeLine(time: number, now: number, words: Words): string
/** In the conversation list: `14:05`, `yesterday`, `Monday`, `3/4`, `2025/3/4`. */
export declare function listTime(time: number, now: number, words: Words): string
/** Whole, for tooltips and screen readers. */
export declare function fullTime(time: number, words: Words): string
/** `0:07`, `12:30`, `1:02:03`: how long sound or film is. */
export declare function duration(seconds: number): string
