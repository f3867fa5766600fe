import { expect, fixture, html } from '@open-wc/testing'
import { emulateMedia, sendKeys } from '@web/test-runner-commands'
import { barCount, barHeights } from '../../components/im-voice/voice-bars.js'
import '../../components/im-voice/im-voice.define.js'
import type { IMVoice, VoicePlayDetail } from '../../components/im-voice/im-voice.js'
import { expectNothingLeftBehind } from '../support/leaves-nothing-behind.js'
import { inside, until } from '../support/message-list-page.js'

/** Silence, 8 kHz, one byte a sample. */
function silence(seconds: number): string {
  const size = seconds * 8000
  const view = new DataView(new ArrayBuffer(44 + size))
  const write = (at: number, text: string) =>
    [...text].forEach((character, index) => view.setUint8(at + index, character.charCodeAt(0)))
  write(0, 'RIFF')
  view.setUint32(4, 36 + size, true)
  write(8, 'WAVEfmt ')
  view.setUint32(16, 16, true)
  view.setUint16(20, 1, true)
  view.setUint16(22, 1, true)
  view.setUint32(24, 8000, true)
  view.setUint32(28, 8000, true)
  view.setUint16(32, 1, true)
  view.setUint16(34, 8, true)
  write(36, 'data')
  view.setUint32(40, size, true)
  new Uint8Array(view.buffer, 44).fill(128)
  return URL.createObjectURL(new Blob([view], { type: 'audio/wav' }))
}

describe('<im-voice>', () => {
  const make = (src: string, duration = 7) =>
    fixture<IMVoice>(html`<im-voice .src=${src} .duration=${duration}></im-voice>`)
  const button = (voice: IMVoice) => inside<HTMLButtonElement>(voice, '[part=button]')!
  const slider = (voice: IMVoice) => inside<HTMLInputElement>(voice, 'input')!
  const time = (voice: IMVoice) => inside(voice, '[part=time]')!.textContent
  /** Browsers play only what a real key or click has asked for. */
  const press = async (voice: IMVoice) => {
    button(voice).focus()
    await sendKeys({ press: 'Enter' })
  }

  it('shows how long it is, and what the button does', async () => {
    const voice = await make('https://localhost/none.aac', 75)
    expect(time(voice)).to.equal('1:15')
    expect(button(voice).ariaLabel).to.equal('播放语音，75 秒')
    expect(voice.shadowRoot!.querySelectorAll('.bar')).to.have.length(barCount)
  })

  it('plays and pauses, and knows better how long it is', async () => {
    const voice = await make(silence(3))
    await press(voice)
    await until(() => voice.isPlaying)
    expect(button(voice).ariaLabel).to.equal('暂停')
    await until(() => Number(slider(voice).max) === 3)
    await press(voice)
    await until(() => !voice.isPlaying)
    await until(() => time(voice)?.startsWith('0:'))
  })

  it('is at the start again when it has ended', async () => {
    const voice = await make(silence(0.2))
    await press(voice)
    await until(() => voice.isPlaying)
    await until(() => !voice.isPlaying)
    expect(slider(voice).value).to.equal('0')
  })

  it('seeks, by keyboard too, without moving anything around it', async () => {
    const voice = await make(silence(8))
    await press(voice)
    await until(() => voice.isPlaying)
    await press(voice)
    await until(() => !voice.isPlaying)
    const outside: string[] = []
    voice.addEventListener('keydown', ({ key }) => outside.push(key))
    slider(voice).focus()
    await sendKeys({ press: 'End' })
    await until(() => slider(voice).value === '8')
    await sendKeys({ press: 'ArrowLeft' })
    await until(() => Number(slider(voice).value) < 8)
    expect(outside).not.to.include('ArrowLeft')
    await until(() => voice.shadowRoot!.querySelectorAll('[data-played]').length > 20)
  })

  it('is the only one that is heard', async () => {
    const first = await make(silence(5))
    const second = await make(silence(5))
    await press(first)
    await until(() => first.isPlaying)
    await press(second)
    await until(() => second.isPlaying)
    expect(first.isPlaying).to.equal(false)
  })

  it('says so when it can’t be played', async () => {
    for (const src of ['javascript:alert(1)', `${location.origin}/no-such-sound`]) {
      const voice = await make(src)
      await press(voice)
      await until(() => time(voice) === '无法加载', src)
      expect(voice.isPlaying).to.equal(false)
    }
  })

  it('asks for a loadable address, and forgets an answer that comes too late', async () => {
    let answer!: (url: string) => void
    const voice = await make('service:1')
    voice.resolve = () => new Promise((resolve) => (answer = resolve))
    const played: string[] = []
    voice.addEventListener('im-voice-play', (event) => {
      played.push(event.detail.url)
      event.preventDefault()
    })
    button(voice).click()
    voice.pause()
    answer('https://example.org/late')
    await voice.updateComplete
    button(voice).click()
    answer('https://example.org/in-time')
    await until(() => played.length > 0)
    expect(played).to.deep.equal(['https://example.org/in-time'])
  })

  it('leaves the playing to whoever prevents its event', async () => {
    const voice = await make('https://example.org/a', 9)
    let detail!: VoicePlayDetail
    voice.addEventListener('im-voice-play', (event) => {
      event.preventDefault()
      detail = event.detail
    })
    button(voice).click()
    await until(() => detail)
    expect(detail).to.include({ url: 'https://example.org/a', duration: 9 })
    expect(voice.isPlaying).to.equal(false)
    detail.onStart()
    expect(voice.isPlaying).to.equal(true)
    detail.onStop()
    expect(voice.isPlaying).to.equal(false)
  })

  it('stops when it is taken out of the page', async () => {
    const voice = await make(silence(5))
    await press(voice)
    await until(() => voice.isPlaying)
    voice.remove()
    expect(voice.isPlaying).to.equal(false)
  })

  it('is accessible: light, dark, in forced colours', async () => {
    const voice = await make('https://example.org/a')
    await expect(voice).to.be.accessible()
    const dark = await fixture<HTMLElement>(
      html`<div
        style="color-scheme: dark; background: #141619; color: #e8eaed; padding: 1em"
      ></div>`,
    )
    dark.append(voice)
    await expect(voice).to.be.accessible()
    await emulateMedia({ forcedColors: 'active' })
    expect(getComputedStyle(button(voice)).borderTopStyle).to.equal('solid')
    await expect(voice).to.be.accessible()
    await emulateMedia({ forcedColors: 'none' })
  })

  it('runs from right to left', async () => {
    const voice = await make('https://example.org/a')
    const isButtonFirst = () =>
      button(voice).getBoundingClientRect().left <
      inside(voice, '[part=time]')!.getBoundingClientRect().left
    expect(isButtonFirst()).to.equal(true)
    voice.parentElement!.dir = 'rtl'
    expect(isButtonFirst()).to.equal(false)
  })

  it('leaves nothing behind', async () => {
    await expectNothingLeftBehind(async (place) => {
      const voice = document.createElement('im-voice')
      place.append(voice)
      await voice.updateComplete
      return voice
    })
  })

  it('draws the same bars for the same message and others for another', () => {
    expect(barHeights('a')).to.deep.equal(barHeights('a'))
    expect(barHeights('a')).not.to.deep.equal(barHeights('b'))
    expect(barHeights('').every((height) => height > 0 && height <= 1)).to.equal(true)
  })
})
