import { expect, fixture, html } from '@open-wc/testing'
import { LitElement } from 'lit'
import { Announcer } from '../../components/internal/announcer.js'
import { expectNothingLeftBehind } from '../support/leaves-nothing-behind.js'

class AnnouncingElement extends LitElement {
  readonly announcer = new Announcer(this)
}
customElements.define('announcing-element', AnnouncingElement)

const regions = () => [...document.querySelectorAll('[data-im-announcer]')]
const lines = () => regions().flatMap((region) => [...region.children].map((p) => p.textContent))

describe('the announcer', () => {
  it('says what it is told in one hidden live region for all elements', async () => {
    const page = await fixture<HTMLElement>(
      html`<div>
        <announcing-element></announcing-element><announcing-element></announcing-element>
      </div>`,
    )
    const [one, other] = [...page.children] as AnnouncingElement[]
    one!.announcer.announce('Bob: hi')
    other!.announcer.announce('Carol: hello')

    expect(regions()).to.have.length(1)
    expect(regions()[0]!.getAttribute('aria-live')).to.equal('polite')
    expect(lines()).to.deep.equal(['Bob: hi', 'Carol: hello'])
    expect(regions()[0]!.getBoundingClientRect().width).to.be.at.most(1)
  })

  it('writes text, never markup', async () => {
    const element = await fixture<AnnouncingElement>(
      html`<announcing-element></announcing-element>`,
    )
    element.announcer.announce('<b>bold</b>')
    expect(lines()).to.deep.equal(['<b>bold</b>'])
    expect(regions()[0]!.querySelector('b')).to.equal(null)
  })

  it('keeps the last few lines only', async () => {
    const element = await fixture<AnnouncingElement>(
      html`<announcing-element></announcing-element>`,
    )
    for (let count = 1; count <= 20; count++) element.announcer.announce(`line ${count}`)
    expect(lines()).to.deep.equal([16, 17, 18, 19, 20].map((count) => `line ${count}`))
  })

  it('takes away what one element has said, and not what another has', async () => {
    const page = await fixture<HTMLElement>(
      html`<div>
        <announcing-element></announcing-element><announcing-element></announcing-element>
      </div>`,
    )
    const [one, other] = [...page.children] as AnnouncingElement[]
    one!.announcer.announce('Bob: hi')
    other!.announcer.announce('Carol: hello')
    one!.announcer.clear()
    expect(lines()).to.deep.equal(['Carol: hello'])
    other!.remove()
    expect(lines()).to.deep.equal([])
  })

  it('is heard from within a modal dialog', async () => {
    const dialog = await fixture<HTMLDialogElement>(
      html`<dialog>
        <announcing-element></announcing-element>
      </dialog>`,
    )
    dialog.showModal()
    dialog.querySelector<AnnouncingElement>('announcing-element')!.announcer.announce('hi')
    expect(dialog.contains(regions()[0]!)).to.be.true
    expect(lines()).to.deep.equal(['hi'])
  })

  it('follows its element to another place', async () => {
    const page = await fixture<HTMLElement>(
      html`<div>
        <announcing-element></announcing-element>
        <dialog></dialog>
      </div>`,
    )
    const element = page.querySelector<AnnouncingElement>('announcing-element')!
    page.querySelector('dialog')!.append(element)
    element.announcer.announce('hi')
    expect(regions().map((region) => region.parentElement?.localName)).to.deep.equal(['dialog'])
  })

  it('leaves nothing behind', async () => {
    await expectNothingLeftBehind(async (place) => {
      const element = document.createElement('announcing-element') as AnnouncingElement
      place.append(element)
      element.announcer.announce('hi')
      return element
    })
    expect(regions()).to.have.length(0)
  }).timeout(60_000)
})
