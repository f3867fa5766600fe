// What peers ask for besides the messages.

/** Peers that draw no initials want a picture. */
export const portrait =
  "data:image/svg+xml,<svg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 9 9'><rect width='9' height='9' fill='teal'/></svg>"

const timeFormat = new Intl.DateTimeFormat('en', { hour: '2-digit', minute: '2-digit' })

/** @param {number} time Unix milliseconds */
export const timeOf = (time) => timeFormat.format(time)

/** A box as large as the page, with a peer in it. */
export function box() {
  const element = document.createElement('div')
  element.style.cssText = 'position: absolute; inset: 0; overflow: hidden'
  document.body.append(element)
  return element
}
