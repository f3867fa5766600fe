/** Puts text on the clipboard, also where the page may not use the clipboard's own interface. */
export async function copyText(text: string): Promise<boolean> {
  try {
    await navigator.clipboard.writeText(text)
    return true
  } catch {
    // Refused, or not there outside of https: the old way still works inside a user's gesture.
    return copyBySelection(text)
  }
}

function copyBySelection(text: string): boolean {
  const field = document.createElement('textarea')
  field.value = text
  field.readOnly = true
  field.style.position = 'fixed'
  field.style.opacity = '0'
  const focused = deepActiveElement()
  document.body.append(field)
  field.select()
  try {
    // Deprecated, and the only way left: https://html.spec.whatwg.org/#execCommand
    return document.execCommand('copy')
  } finally {
    field.remove()
    focused?.focus()
  }
}

function deepActiveElement(): HTMLElement | null {
  let active = document.activeElement
  while (active?.shadowRoot?.activeElement) active = active.shadowRoot.activeElement
  return active as HTMLElement | null
}
