import { expect, fixture, html } from '@open-wc/testing'
import '../../components/im-provider/im-provider.define.js'
import type { IMProvider } from '../../components/im-provider/im-provider.js'
import { IMElement } from '../../components/internal/im-element.js'
import { createIMKit, imkit } from '../../src/kit/kit.js'
import { eventually } from '../support/eventually.js'
import { expectNothingLeftBehind } from '../support/leaves-nothing-behind.js'

class KitUser extends IMElement {
  /** How often it was drawn, with what language. */
  readonly drawn: string[] = []

  override render() {
    this.drawn.push(this.kit.lang)
    return html`${this.words.noConversations}`
  }
}
customElements.define('kit-user', KitUser)

describe('<im-provider>', () => {
  it('gives its kit to what is inside it, through shadow roots too', async () => {
    const kit = createIMKit({ name: 'provider-test' })
    const provider = await fixture<IMProvider>(html`
      <im-provider .kit=${kit}
        ><div id="host"></div>
        <kit-user></kit-user
      ></im-provider>
    `)
    const root = provider.querySelector('#host')!.attachShadow({ mode: 'open' })
    const deep = root.appendChild(document.createElement('kit-user') as KitUser)

    expect(provider.querySelector<KitUser>('kit-user')!.kit === kit).to.be.true
    expect(deep.kit === kit).to.be.true
  })

  it('is not needed: without one an element uses the page’s kit', async () => {
    const user = await fixture<KitUser>(html`<kit-user></kit-user>`)
    expect(user.kit === imkit).to.be.true
  })

  it('may get its kit later, and another one', async () => {
    const [one, other] = [createIMKit({ name: 'one' }), createIMKit({ name: 'other' })]
    other.changeLanguage({ lang: 'en' })
    const provider = await fixture<IMProvider>(
      html`<im-provider><kit-user></kit-user></im-provider>`,
    )
    const user = provider.querySelector<KitUser>('kit-user')!
    expect(user.kit === imkit).to.be.true

    provider.kit = one
    expect(user.kit === one).to.be.true
    await user.updateComplete
    expect(user.shadowRoot!.textContent).to.equal(one.words.value.noConversations)

    provider.kit = other
    await eventually(() => user.shadowRoot!.textContent === other.words.value.noConversations)
  })

  it('can be inside another: the inner one counts', async () => {
    const [outer, inner] = [createIMKit({ name: 'outer' }), createIMKit({ name: 'inner' })]
    const page = await fixture(html`
      <im-provider .kit=${outer}
        ><im-provider .kit=${inner}><kit-user></kit-user></im-provider
      ></im-provider>
    `)
    expect(page.querySelector<KitUser>('kit-user')!.kit === inner).to.be.true
  })

  it('serves those that move in and out', async () => {
    const kit = createIMKit({ name: 'moving' })
    const page = await fixture(
      html`<div><im-provider .kit=${kit}></im-provider><kit-user></kit-user></div>`,
    )
    const user = page.querySelector<KitUser>('kit-user')!
    page.querySelector('im-provider')!.append(user)
    expect(user.kit === kit).to.be.true
    page.append(user)
    expect(user.kit === imkit).to.be.true
  })

  it('keeps its kit when it is given something else', async () => {
    const kit = createIMKit({ name: 'kept' })
    const provider = await fixture<IMProvider>(html`<im-provider .kit=${kit}></im-provider>`)
    provider.kit = {} as never
    expect(provider.kit === kit).to.be.true
    provider.kit = undefined as never
    expect(provider.kit === imkit).to.be.true
  })

  it('has no box of its own and is accessible', async () => {
    const provider = await fixture<IMProvider>(html`<im-provider><p>inside</p></im-provider>`)
    expect(getComputedStyle(provider).display).to.equal('contents')
    provider.hidden = true
    expect(getComputedStyle(provider).display).to.equal('none')
    provider.hidden = false
    await expect(provider).to.be.accessible()
  })

  it('leaves nothing behind', async () => {
    const kit = createIMKit({ name: 'leaving' })
    await expectNothingLeftBehind(async (place) => {
      const provider = Object.assign(document.createElement('im-provider'), { kit })
      provider.append(document.createElement('kit-user'))
      place.append(provider)
      await (provider.firstElementChild as KitUser).updateComplete
      return provider
    })
  }).timeout(60_000)
})
