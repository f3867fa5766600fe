/**
 * Registers an element, unless the page or an earlier copy of this module already has. Does nothing
 * where there are no custom elements, such as on a server.
 */
export function defineElement(name: string, constructor: CustomElementConstructor): void {
  const registry = globalThis.customElements as CustomElementRegistry | undefined
  if (registry && !registry.get(name)) registry.define(name, constructor)
}
