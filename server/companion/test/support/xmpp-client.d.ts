/** What is used of a package that comes without types. */
declare module '@xmpp/client' {
  import type { Component, XmlFactory } from '@xmpp/component'

  export const xml: XmlFactory
  export function client(options: {
    service: string
    domain: string
    username: string
    password: string
    resource: string
  }): Omit<Component, 'middleware'>
}
