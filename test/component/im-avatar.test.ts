import { expect, fixture, html, oneEvent } from '@open-wc/testing'
import { emulateMedia } from '@web/test-runner-commands'
import '../../components/im-avatar/im-avatar.define.js'
import type { IMAvatar } from '../../components/im-avatar/im-avatar.js'
import { expectNothingLeftBehind } from '../support/leaves-nothing-behind.js'

/** A picture of its own address, twice as wide as high. */
async function picture(): Promise<string> {
  const canvas = new OffscreenCanvas(80, 40)
  canvas.getContext('2d')!.fillRect(0, 0, 80, 40)
  return URL.createObjectURL(await canvas.convertToBlob())
}

const image = (avatar: IMAvatar) => avatar.shadowRoot!.querySelector('img')
const placeholder = (avatar: IMAvatar) =>
  avatar.shadowRoot!.querySelector<HTMLElement>('[part=placeholder]')
const loaded = async (avatar: IMAvatar) => {
  await oneEvent(image(avatar)!, 'load')
  await avatar.updateComplete
}

describe('<im-avatar>', () => {
  let url: string

  before(async () => {
    url = await picture()
  })

  after(() => URL.revokeObjectURL(url))

  it('shows the picture, cut to the box and never stretched', async () => {
    const avatar = await fixture<IMAvatar>(html`<im-avatar src=${url} name="Bob"></im-avatar>`)
    await loaded(avatar)

    expect(placeholder(avatar)).to.equal(null)
    const { objectFit, width, height } = getComputedStyle(image(avatar)!)
    expect([objectFit, width, height]).to.deep.equal(['cover', '44px', '44px'])
  })

  it('draws the initials until the picture is there', async () => {
    const avatar = await fixture<IMAvatar>(html`<im-avatar src=${url} name="Bob"></im-avatar>`)
    const drawn = placeholder(avatar)?.textContent
    await loaded(avatar)
    expect(drawn).to.equal('B')
  })

  it('draws the initials when the picture can not be loaded', async () => {
    const avatar = await fixture<IMAvatar>(
      html`<im-avatar src="blob:nothing" name="Bob Ross"></im-avatar>`,
    )
    if (image(avatar)) await oneEvent(image(avatar)!, 'error')
    await avatar.updateComplete
    expect(image(avatar)).to.equal(null)
    expect(placeholder(avatar)!.textContent).to.equal('BR')
  })

  it('tries again with another address', async () => {
    const avatar = await fixture<IMAvatar>(
      html`<im-avatar src="blob:nothing" name="Bob"></im-avatar>`,
    )
    if (image(avatar)) await oneEvent(image(avatar)!, 'error')
    avatar.src = url
    await avatar.updateComplete
    await loaded(avatar)
    expect(image(avatar)!.getAttribute('src')).to.equal(url)
  })

  it('draws a figure for somebody without a name', async () => {
    const avatar = await fixture<IMAvatar>(html`<im-avatar></im-avatar>`)
    expect(placeholder(avatar)!.querySelector('svg')).not.to.equal(null)
  })

  it('has the colour of the id, whatever the name', async () => {
    const avatar = await fixture<IMAvatar>(html`<im-avatar seed="bob" name="Bob"></im-avatar>`)
    const colour = () => getComputedStyle(placeholder(avatar)!).backgroundColor
    const before = colour()
    avatar.name = 'Robert'
    await avatar.updateComplete
    expect(colour()).to.equal(before)
  })

  for (const address of ['javascript:alert(1)', 'data:image/svg+xml,<svg/>', 'file:///etc/hosts']) {
    it(`never loads ${address.split(':')[0]}: addresses`, async () => {
      const avatar = await fixture<IMAvatar>(
        html`<im-avatar .src=${address} name="Bob"></im-avatar>`,
      )
      expect(image(avatar)).to.equal(null)
      expect(placeholder(avatar)).not.to.equal(null)
    })
  }

  it('puts the page’s colour behind pictures and initials, and letters one can read on it', async () => {
    const avatar = await fixture<IMAvatar>(
      html`<im-avatar background="rgb(250, 250, 210)" name="Bob"></im-avatar>`,
    )
    expect(getComputedStyle(placeholder(avatar)!).backgroundColor).to.equal('rgb(250, 250, 210)')
    await expect(avatar).to.be.accessible()
    avatar.background = 'rgb(20, 40, 60)'
    await avatar.updateComplete
    await expect(avatar).to.be.accessible()
  })

  it('ignores a background that is no colour', async () => {
    const avatar = await fixture<IMAvatar>(
      html`<im-avatar background="1px solid" name="Bob"></im-avatar>`,
    )
    const box = avatar.shadowRoot!.querySelector<HTMLElement>('[part=avatar]')!
    expect(box.style.getPropertyValue('--_background')).to.equal('')
  })

  it('is decoration without a label and an image with one', async () => {
    const avatar = await fixture<IMAvatar>(html`<im-avatar name="Bob"></im-avatar>`)
    const box = avatar.shadowRoot!.querySelector('[part=avatar]')!
    expect(box.getAttribute('role')).to.equal(null)
    avatar.label = 'Bob'
    await avatar.updateComplete
    expect(box.getAttribute('role')).to.equal('img')
    expect(box.getAttribute('aria-label')).to.equal('Bob')
    await expect(avatar).to.be.accessible()
  })

  it('is readable in every colour of the palette', async () => {
    const row = await fixture<HTMLElement>(
      html`<div>
        ${Array.from(
          { length: 40 },
          (_, index) => html`<im-avatar seed=${`user-${index}`} name="Bob Ross"></im-avatar>`,
        )}
      </div>`,
    )
    await expect(row).to.be.accessible()
  })

  it('has an outline in forced colours', async () => {
    const avatar = await fixture<IMAvatar>(html`<im-avatar name="Bob"></im-avatar>`)
    await emulateMedia({ forcedColors: 'active' })
    try {
      const box = avatar.shadowRoot!.querySelector('[part=avatar]')!
      expect(getComputedStyle(box).borderTopStyle).to.equal('solid')
    } finally {
      await emulateMedia({ forcedColors: 'none' })
    }
  })

  it('leaves nothing behind', async () => {
    await expectNothingLeftBehind(async (place) => {
      const avatar = Object.assign(document.createElement('im-avatar'), { src: url, name: 'Bob' })
      place.append(avatar)
      await avatar.updateComplete
      await loaded(avatar)
      return avatar
    })
  }).timeout(60_000)
})
