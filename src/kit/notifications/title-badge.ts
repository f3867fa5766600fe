/** The number of unread messages before the page's title: `(3) My shop`. */
import { effect, type ReadonlySignal } from '@preact/signals-core'

const badge = /^\(\d+\+?\) /
const most = 99

/** Holds also when the page changes its title. Gives the function that ends it. */
export function showTitleBadge(count: ReadonlySignal<number>): () => void {
  const show = () => {
    const unread = count.peek()
    const prefix = unread > most ? `(${most}+) ` : unread > 0 ? `(${unread}) ` : ''
    const title = prefix + document.title.replace(badge, '')
    // Writing what is there would call the observer again, without end.
    if (title !== document.title) document.title = title
  }
  const titles = new MutationObserver(show)
  titles.observe(document.head, { childList: true, characterData: true, subtree: true })
  const stop = effect(() => {
    void count.value
    show()
  })
  return () => {
    stop()
    titles.disconnect()
    document.title = document.title.replace(badge, '')
  }
}
