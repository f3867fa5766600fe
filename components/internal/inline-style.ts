import { nothing } from 'lit'
import { directive, Directive, type ElementPart } from 'lit/directive.js'

/** CSS properties by name, custom ones included; undefined takes one away. */
export type InlineStyle = Readonly<Record<string, string | undefined>>

class InlineStyleDirective extends Directive {
  #names: string[] = []

  render(_style: InlineStyle) {
    return nothing
  }

  override update({ element }: ElementPart, [style]: [InlineStyle]) {
    const { style: declaration } = element as HTMLElement
    for (const name of this.#names) {
      if (style[name] === undefined) declaration.removeProperty(name)
    }
    for (const [name, value] of Object.entries(style)) {
      if (value !== undefined) declaration.setProperty(name, value)
    }
    this.#names = Object.keys(style)
    return nothing
  }
}

/**
 * Styles of one element, as `<div ${inlineStyle({ '--_size': '2em' })}>`. Lit's own `styleMap`
 * writes a `style` attribute at first, which a strict content security policy refuses; properties
 * set on the declaration are allowed.
 */
export const inlineStyle = directive(InlineStyleDirective)
