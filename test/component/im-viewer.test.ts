import { expect, fixture, html, oneEvent } from '@open-wc/testing'
import { emulateMedia, sendKeys } from '@web/test-runner-commands'
import { bounded, panned, wholeView, zoomed } from '../../components/im-viewer/zoom.js'
import '../../components/im-viewer/im-viewer.define.js'
import type { IMViewer, ViewerItem } from '../../components/im-viewer/im-viewer.js'
import { expectNothingLeftBehind } from '../support/leaves-nothing-behind.js'
import { inside, redDot, until } from '../support/message-list-page.js'

async function picture(color: string): Promise<string> {
  const canvas = Object.assign(document.createElement('canvas'), { width: 400, height: 300 })
  const context = canvas.getContext('2d')!
  context.fillStyle = color
  context.fillRect(0, 0, 400, 300)
  const blob = await new Promise<Blob | null>((resolve) => canvas.toBlob(resolve))
  return URL.createObjectURL(blob!)
}

describe('<im-viewer>', () => {
  let items: ViewerItem[]

  before(async () => {
    items = [
      { kind: 'image', url: await picture('red'), name: 'red.png' },
      { kind: 'image', url: await picture('green'), name: 'green.png' },
      { kind: 'image', url: await picture('blue') },
    ]
  })

  const make = (index = 0, shown = items) =>
    fixture<IMViewer>(html`<im-viewer .items=${shown} .index=${index} .open=${true}></im-viewer>`)
  const image = (viewer: IMViewer) => inside<HTMLImageElement>(viewer, '.picture[data-loaded]')
  const loaded = (viewer: IMViewer) => until(() => image(viewer), 'the picture')
  const button = (viewer: IMViewer, label: string) =>
    inside<HTMLButtonElement>(viewer, `[aria-label="${label}"]`)
  const scale = (viewer: IMViewer) => new DOMMatrix(getComputedStyle(image(viewer)!).transform).a
  const press = async (viewer: IMViewer, ...keys: string[]) => {
    for (const key of keys) {
      await sendKeys({ press: key })
      await viewer.updateComplete
    }
  }

  it('shows a picture over the whole window, with its name and place', async () => {
    const viewer = await make(1)
    await loaded(viewer)
    expect(inside<HTMLDialogElement>(viewer, 'dialog')!.matches(':modal')).to.equal(true)
    expect(image(viewer)!.alt).to.equal('green.png')
    expect(inside(viewer, '.title')!.textContent).to.equal('green.png')
    expect(inside(viewer, '.count')!.textContent).to.equal('2 / 3')
  })

  it('shows the thumbnail until the picture is there', async () => {
    const thumbnail = `data:image/png;base64,${redDot}`
    const viewer = await make(0, [{ kind: 'image', url: 'service:1', thumbnail }])
    expect(inside(viewer, '.thumbnail')).to.equal(null)
    let answer!: (url: string | undefined) => void
    viewer.resolve = () => new Promise((resolve) => (answer = resolve))
    viewer.items = [{ kind: 'image', url: 'service:2', thumbnail }]
    await viewer.updateComplete
    expect(inside<HTMLImageElement>(viewer, '.thumbnail')!.src).to.equal(thumbnail)
    answer(items[0]!.url)
    await loaded(viewer)
    expect(inside(viewer, '.thumbnail')).to.equal(null)
  })

  it('shows the one asked for last, whichever address comes first', async () => {
    const answers = new Map<string, (url: string) => void>()
    const viewer = await fixture<IMViewer>(html`<im-viewer></im-viewer>`)
    viewer.resolve = (url) => new Promise((resolve) => answers.set(url, resolve))
    viewer.items = [
      { kind: 'image', url: 'service:1' },
      { kind: 'image', url: 'service:2' },
    ]
    viewer.open = true
    await until(() => answers.size === 1)
    viewer.index = 1
    await until(() => answers.size === 2)
    answers.get('service:2')!(items[1]!.url)
    await loaded(viewer)
    answers.get('service:1')!(items[0]!.url)
    await viewer.updateComplete
    expect(image(viewer)!.src).to.equal(items[1]!.url)
  })

  it('says so when something can’t be loaded', async () => {
    for (const url of ['javascript:alert(1)', `${location.origin}/none.png`]) {
      const viewer = await make(0, [{ kind: 'image', url }])
      await until(() => inside(viewer, '.failed'), url)
      viewer.open = false
      await viewer.updateComplete
    }
  })

  it('turns by arrows and buttons, and not beyond the ends', async () => {
    const viewer = await make(1)
    await loaded(viewer)
    await press(viewer, 'ArrowRight')
    expect(viewer.index).to.equal(2)
    expect(button(viewer, '下一个')).to.equal(null)
    await press(viewer, 'ArrowRight')
    expect(viewer.index).to.equal(2)
    button(viewer, '上一个')!.click()
    await press(viewer, 'ArrowLeft', 'ArrowLeft')
    expect(viewer.index).to.equal(0)
  })

  it('turns the other way where lines run from right to left', async () => {
    const viewer = await make(1)
    viewer.parentElement!.dir = 'rtl'
    await loaded(viewer)
    await press(viewer, 'ArrowRight')
    expect(viewer.index).to.equal(0)
  })

  it('enlarges by keys and buttons, and fits again', async () => {
    const viewer = await make()
    await loaded(viewer)
    expect(scale(viewer)).to.equal(1)
    expect(button(viewer, '缩小')!.disabled).to.equal(true)
    await press(viewer, '+')
    expect(scale(viewer)).to.equal(1.5)
    button(viewer, '放大')!.click()
    await viewer.updateComplete
    expect(scale(viewer)).to.equal(2.25)
    await press(viewer, '-')
    expect(scale(viewer)).to.equal(1.5)
    await press(viewer, '0')
    expect(scale(viewer)).to.equal(1)
    await press(viewer, '+', 'ArrowRight')
    await loaded(viewer)
    expect(scale(viewer), 'the next one').to.equal(1)
  })

  it('enlarges by wheel and double click', async () => {
    const viewer = await make()
    await loaded(viewer)
    const stage = inside(viewer, '.stage')!
    const { left, top, width, height } = stage.getBoundingClientRect()
    const middle = { clientX: left + width / 2, clientY: top + height / 2, bubbles: true }
    stage.dispatchEvent(new WheelEvent('wheel', { ...middle, deltaY: -300, cancelable: true }))
    await viewer.updateComplete
    expect(scale(viewer)).to.be.closeTo(Math.E, 0.01)
    stage.dispatchEvent(new MouseEvent('dblclick', middle))
    await viewer.updateComplete
    expect(scale(viewer)).to.equal(1)
    stage.dispatchEvent(new MouseEvent('dblclick', middle))
    await viewer.updateComplete
    expect(scale(viewer)).to.equal(2.5)
  })

  it('is turned by a swipe of a finger, and enlarged by two', async () => {
    const viewer = await make()
    await loaded(viewer)
    const stage = inside(viewer, '.stage')!
    stage.setPointerCapture = () => undefined
    const touch = (type: string, pointerId: number, clientX: number) =>
      stage.dispatchEvent(
        new PointerEvent(type, {
          pointerId,
          clientX,
          clientY: 200,
          pointerType: 'touch',
          button: 0,
        }),
      )
    touch('pointerdown', 1, 300)
    touch('pointermove', 1, 200)
    touch('pointerup', 1, 200)
    await viewer.updateComplete
    expect(viewer.index).to.equal(1)
    await loaded(viewer)
    touch('pointerdown', 1, 300)
    touch('pointerdown', 2, 400)
    touch('pointermove', 2, 500)
    touch('pointerup', 2, 500)
    touch('pointerup', 1, 300)
    await viewer.updateComplete
    expect(scale(viewer)).to.equal(2)
    expect(viewer.index).to.equal(1)
  })

  it('is closed by Escape, its button and a click beside the picture, and says so', async () => {
    const close: ((viewer: IMViewer) => unknown)[] = [
      () => sendKeys({ press: 'Escape' }),
      (viewer) => inside(viewer, '.close')!.click(),
      (viewer) => inside(viewer, '.stage')!.click(),
    ]
    for (const way of close) {
      const before = document.body.appendChild(document.createElement('button'))
      before.focus()
      const viewer = await make()
      const closed = oneEvent(viewer, 'im-viewer-close')
      await way(viewer)
      await closed
      expect(viewer.open).to.equal(false)
      expect(document.activeElement === before, 'the focus is back').to.equal(true)
      before.remove()
    }
  })

  it('can be downloaded under its name', async () => {
    const viewer = await make()
    await loaded(viewer)
    const link = inside<HTMLAnchorElement>(viewer, 'a[download]')!
    expect(link.download).to.equal('red.png')
    expect(link.href).to.equal(items[0]!.url)
  })

  it('plays videos with the platform’s own controls', async () => {
    const viewer = await make(0, [{ kind: 'video', url: 'https://localhost/none.mp4' }])
    const video = inside<HTMLVideoElement>(viewer, 'video')!
    expect(video.controls).to.equal(true)
    expect(button(viewer, '放大')).to.equal(null)
    await until(() => inside(viewer, '.failed'))
  })

  it('is shown again after it was moved', async () => {
    const viewer = await make()
    const elsewhere = viewer.parentElement!.appendChild(document.createElement('div'))
    elsewhere.append(viewer)
    await loaded(viewer)
    expect(inside<HTMLDialogElement>(viewer, 'dialog')!.matches(':modal')).to.equal(true)
  })

  it('starts the name of a picture where the bar starts', async () => {
    document.documentElement.dir = 'rtl'
    const viewer = await make(1)
    await loaded(viewer)
    expect(getComputedStyle(inside(viewer, '.title')!).textAlign).to.equal('right')
    document.documentElement.dir = ''
  })

  it('is accessible, in forced colours too', async () => {
    const viewer = await make(1)
    await loaded(viewer)
    await expect(viewer).to.be.accessible()
    await emulateMedia({ forcedColors: 'active' })
    await expect(viewer).to.be.accessible()
    await emulateMedia({ forcedColors: 'none' })
  })

  it('leaves nothing behind', async function () {
    this.timeout(30_000)
    await expectNothingLeftBehind(async (place) => {
      const viewer = Object.assign(document.createElement('im-viewer'), { items, open: true })
      place.append(viewer)
      await loaded(viewer)
      return viewer
    })
  })
})

describe('the arithmetic of looking closer', () => {
  it('keeps the point under the pointer where it is', () => {
    const view = zoomed({ scale: 2, x: 10, y: -20 }, 1.5, { x: 100, y: 50 })
    // The point of the picture that was under (100, 50) before.
    const before = { x: (100 - 10) / 2, y: (50 + 20) / 2 }
    expect(view.scale).to.equal(3)
    expect(view.x + before.x * view.scale).to.be.closeTo(100, 1e-9)
    expect(view.y + before.y * view.scale).to.be.closeTo(50, 1e-9)
  })

  it('has bounds', () => {
    expect(zoomed(wholeView, 100, { x: 0, y: 0 }).scale).to.equal(8)
    expect(zoomed(wholeView, 0.1, { x: 0, y: 0 }).scale).to.equal(1)
  })

  it('opens no gap at an edge', () => {
    const stage = { width: 400, height: 400 }
    const size = { width: 400, height: 200 }
    const far = panned({ scale: 2, x: 0, y: 0 }, { x: 1000, y: 1000 })
    expect(bounded(far, stage, size)).to.deep.equal({ scale: 2, x: 200, y: 0 })
    expect(bounded(panned(wholeView, { x: 50, y: 50 }), stage, size)).to.deep.equal(wholeView)
  })
})
