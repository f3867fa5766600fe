/** The few calls of `ltx` made here; the package brings no declarations. */
declare module 'ltx/src/Element.js' {
  export default class Element {
    constructor(name: string, attrs?: Record<string, string>)
    name: string
    attrs: Record<string, string>
    parent: Element | null
    children: (Element | string)[]
    is(name: string, xmlns?: string): boolean
    getName(): string
    getNS(): string | undefined
    getChild(name: string, xmlns?: string): Element | undefined
    getChildren(name: string, xmlns?: string): Element[]
    getChildElements(): Element[]
    getChildText(name: string, xmlns?: string): string | null
    getText(): string
    text(): string
    append(...children: Element[]): Element
    t(text: string): Element
    toString(): string
  }
}

declare module 'ltx/src/createElement.js' {
  import type Element from 'ltx/src/Element.js'
  type Child = Element | string | number | boolean | null | undefined | Child[]
  export default function createElement(
    name: string,
    attrs?: Record<string, string | number | undefined> | null,
    ...children: Child[]
  ): Element
}

declare module 'ltx/src/parsers/ltx.js' {
  export default class Parser {
    on(event: 'startElement', listener: (name: string, attrs: Record<string, string>) => void): this
    on(event: 'endElement', listener: (name: string) => void): this
    on(event: 'text', listener: (text: string) => void): this
    write(text: string): void
    end(): void
  }
}
