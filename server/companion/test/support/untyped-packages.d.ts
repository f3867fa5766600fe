/** What is used of packages that come without types. */
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

declare module 'http_ece' {
  const ece: {
    decrypt(
      body: Buffer,
      options: {
        version: 'aes128gcm'
        privateKey: import('node:crypto').ECDH
        authSecret: Buffer
      },
    ): Buffer
  }
  export default ece
}
