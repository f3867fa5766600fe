import { expect, fixture, html } from '@open-wc/testing'
import { IMElement } from '../../components/internal/im-element.js'
import { createIMKit } from '../../src/kit/kit.js'

class EarlyUser extends IMElement {}
customElements.define('early-user', EarlyUser)

// A file of its own: an element can be defined only once on a page.
describe('<im-provider> that is defined after the elements inside it', () => {
  it('gives them its kit all the same', async () => {
    const kit = createIMKit({ name: 'late' })
    const provider = await fixture(html`
      <im-provider .kit=${kit}
        ><early-user></early-user>
        <div id="host"></div
      ></im-provider>
    `)
    const user = provider.querySelector<EarlyUser>('early-user')!
    const root = provider.querySelector('#host')!.attachShadow({ mode: 'open' })
    const deep = root.appendChild(document.createElement('early-user') as EarlyUser)

    await import('../../components/im-provider/im-provider.define.js')
    await customElements.whenDefined('im-provider')
    expect(user.kit === kit, 'beside').to.be.true
    expect(deep.kit === kit, 'in a shadow root').to.be.true
  })
})
