/** Gives an element what the controls of its story say. */
import { noChange } from 'lit'
import { Directive, directive, PartType, type ElementPart, type PartInfo } from 'lit/directive.js'

type Properties = Record<string, unknown>

/**
 * `<message-list ${given(args)}>`: every argument is a property. What the controls leave open, or
 * have emptied, is again what the element has without them.
 */
export const given = directive(
  class extends Directive {
    #own: Properties = {}

    constructor(part: PartInfo) {
      super(part)
      if (part.type !== PartType.ELEMENT) throw new Error('given() stands in a tag.')
    }

    render(_args: object) {
      return noChange
    }

    override update(part: ElementPart, [args]: [args: object]) {
      const element = part.element as unknown as Properties
      for (const [name, value] of Object.entries(args)) {
        if (!(name in this.#own)) this.#own[name] = element[name]
        const isOpen = value === undefined || value === ''
        const next = isOpen ? this.#own[name] : value
        if (element[name] !== next) element[name] = next
      }
      return noChange
    }
  },
)
