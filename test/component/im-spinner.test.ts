import { expect, fixture, html } from '@open-wc/testing'
import { emulateMedia } from '@web/test-runner-commands'
import '../../components/im-spinner/im-spinner.define.js'
import type { IMSpinner } from '../../components/im-spinner/im-spinner.js'
import { expectNothingLeftBehind } from '../support/leaves-nothing-behind.js'

describe('<im-spinner>', () => {
  const drawing = (spinner: IMSpinner) => spinner.shadowRoot!.querySelector('svg')!

  it('is decoration without a label', async () => {
    const spinner = await fixture<IMSpinner>(html`<im-spinner></im-spinner>`)
    expect(drawing(spinner).getAttribute('aria-hidden')).to.equal('true')
    expect(drawing(spinner).hasAttribute('role')).to.equal(false)
  })

  it('is read out with one, set before or after it is attached', async () => {
    const before = Object.assign(document.createElement('im-spinner'), { label: 'Loading' })
    const place = await fixture(html`<div></div>`)
    const after = document.createElement('im-spinner')
    place.append(before, after)
    after.label = 'Loading'
    for (const spinner of [before, after]) {
      await spinner.updateComplete
      expect(drawing(spinner).getAttribute('role')).to.equal('img')
      expect(drawing(spinner).ariaLabel).to.equal('Loading')
      await expect(spinner).to.be.accessible()
    }
  })

  it('stands still for those who want little motion', async () => {
    const spinner = await fixture<IMSpinner>(html`<im-spinner></im-spinner>`)
    expect(getComputedStyle(drawing(spinner)).animationName).to.equal('turn')
    await emulateMedia({ reducedMotion: 'reduce' })
    expect(getComputedStyle(drawing(spinner)).animationName).to.equal('none')
    await emulateMedia({ reducedMotion: 'no-preference' })
  })

  it('leaves nothing behind', async () => {
    await expectNothingLeftBehind(async (place) => {
      const spinner = place.appendChild(document.createElement('im-spinner'))
      await spinner.updateComplete
      return spinner
    })
  })
})
