/**
 * A contender that has to be given all messages it is to show, as most kits have: from memory, what
 * has come since the last frame together.
 */
import { stretch, type Archive, type Said } from './archive.js'
import type { Contender } from './contender.js'

export interface WholeList extends Pick<Contender, 'scroller' | 'root' | 'row' | 'line'> {
  /** Puts the empty list on the page. */
  mount(): Promise<void>
  /** @param kind why: another conversation, or messages that came at an end of this one */
  show(messages: readonly Said[], kind: 'open' | 'append' | 'older', archive: Archive): void
}

export function wholeList(list: WholeList): Contender {
  let archive: Archive
  let shown: readonly Said[] = []
  let isWaiting = false
  const { scroller, root, row, line } = list
  return {
    scroller,
    root,
    row,
    line,
    prepare: () => list.mount(),
    open(opened) {
      archive = opened
      shown = stretch(
        archive,
        Math.max(0, archive.count - (archive.page ?? archive.count)),
        archive.count,
      )
      list.show(shown, 'open', archive)
    },
    append(message) {
      shown = [...shown, message]
      if (isWaiting) return
      isWaiting = true
      requestAnimationFrame(() => {
        isWaiting = false
        list.show(shown, 'append', archive)
      })
    },
    showOlder(count) {
      const first = shown[0]!.serial
      const older = stretch(archive, Math.max(0, first - count), first)
      shown = [...older, ...shown]
      list.show(shown, 'older', archive)
    },
  }
}
