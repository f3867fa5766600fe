const warned = new Set<string>()

/** Tells a developer about a misuse the element can live with: in the console, once a page. */
export function warnOnce(message: string): void {
  if (warned.has(message)) return
  warned.add(message)
  console.warn(`imkit: ${message}`)
}
