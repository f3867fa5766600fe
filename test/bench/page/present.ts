/** Gives the page's contender and what measures it to the runner, which drives both from outside. */
import { append } from './appending.js'
import type { Archive } from './archive.js'
import type { Contender, Setup } from './contender.js'
import { calm } from './frames.js'
import { open, switchThrough } from './opening.js'
import { prepend } from './prepending.js'
import { countElements } from './screen.js'
import { scrollFast, type ScrollingOptions } from './scrolling.js'

export function present(contender: Contender) {
  const bench = {
    prepare: (setup: Setup) => contender.prepare(setup).then(calm),
    open: (archive: Archive) => open(contender, archive),
    switchThrough: (archives: readonly Archive[], count: number) =>
      switchThrough(contender, archives, count),
    append: (archive: Archive, pace: { count: number; perSecond: number }) =>
      append(contender, archive, pace),
    prepend: (archive: Archive) => prepend(contender, archive),
    scrollFast: (archive: Archive, options: ScrollingOptions) =>
      scrollFast(contender, archive, options),
    countElements: () => countElements(),
    withoutNativeAnchor: () => withoutNativeAnchor(contender),
  }
  Object.assign(globalThis, { bench })
  return bench
}

export type Bench = ReturnType<typeof present>

/** As in Safari, which does not have it. */
function withoutNativeAnchor(contender: Contender): void {
  const sheet = new CSSStyleSheet()
  sheet.replaceSync('* { overflow-anchor: none !important }')
  for (const root of new Set([document, contender.root()])) {
    root.adoptedStyleSheets = [...root.adoptedStyleSheets, sheet]
  }
}
