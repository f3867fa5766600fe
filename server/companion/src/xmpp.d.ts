/** What is used of packages that come without types. */
declare module '@xmpp/component' {
  import type { EventEmitter } from 'node:events'

  export type Node = Element | string | number | null | undefined | false

  export interface Element {
    readonly name: string
    readonly attrs: Record<string, string>
    readonly children: (Element | string)[]
    is(name: string, namespace?: string): boolean
    getNS(): string | undefined
    getChild(name: string, namespace?: string): Element | undefined
    getChildren(name: string, namespace?: string): Element[]
    getChildElements(): Element[]
    getChildText(name: string, namespace?: string): string | null
    text(): string
    append(...nodes: Node[]): void
    remove(child: Element): void
    toString(): string
  }

  export interface XmlFactory {
    (name: string, attributes?: Record<string, string | undefined>, ...children: Node[]): Element
    Element: new (name: string, attributes?: Record<string, string>) => Element
  }
  export const xml: XmlFactory

  export interface StanzaContext {
    stanza: Element
    /** The child of a query. */
    element: Element
    name: string
    type: string
  }
  type Handler = (
    context: StanzaContext,
    next: () => Promise<unknown>,
  ) => Promise<Element | undefined | unknown> | Element | undefined

  export interface Component extends EventEmitter {
    start(): Promise<unknown>
    stop(): Promise<void>
    send(stanza: Element): Promise<void>
    middleware: { use(handler: Handler): void }
    iqCaller: { request(stanza: Element, timeout?: number): Promise<Element> }
    reconnect: { delay: number; start(): void; stop(): void }
  }

  export function component(options: {
    service: string
    domain: string
    password: string
  }): Component
}

declare module '@xmpp/xml/lib/parse.js' {
  import type { Element } from '@xmpp/component'
  /** @throws for what is no XML */
  export default function parse(text: string): Element
}
