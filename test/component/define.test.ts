import { expect } from '@open-wc/testing'
import { defineElement } from '../../components/internal/define-element.js'

const tags = [
  'conversation-list',
  'im-avatar',
  'im-chat',
  'im-provider',
  'im-spinner',
  'message-editor',
  'message-list',
]

describe('imkit/define', () => {
  it('registers the elements of a chat, and leaves a tag to whoever had it before', async () => {
    class Theirs extends HTMLElement {}
    customElements.define('im-spinner', Theirs)
    await import('../../src/define.js')
    for (const tag of tags) expect(customElements.get(tag), tag).not.to.equal(undefined)
    expect(customElements.get('im-spinner') === Theirs).to.be.true
    expect(customElements.get('im-viewer')).to.equal(undefined)
  }).timeout(60_000)

  it('does nothing where there are no custom elements', () => {
    const descriptor = Object.getOwnPropertyDescriptor(globalThis, 'customElements')!
    Object.defineProperty(globalThis, 'customElements', { value: undefined, configurable: true })
    try {
      expect(() => defineElement('im-nothing', class extends HTMLElement {})).not.to.throw()
    } finally {
      Object.defineProperty(globalThis, 'customElements', descriptor)
    }
  })
})
