import { expect, fixture, html } from '@open-wc/testing'
import '../../components/im-debug-panel/im-debug-panel.define.js'
import '../../components/im-provider/im-provider.define.js'
import type { IMDebugPanel } from '../../components/im-debug-panel/im-debug-panel.js'
import { createIMKit } from '../../src/kit/kit.js'
import { uuidv7 } from '../../src/model/identity.js'
import { eventually, useChat } from '../support/chat-service.js'
import { eventually as shown } from '../support/eventually.js'
import { expectAccessible } from '../support/expect-accessible.js'
import { expectNothingLeftBehind } from '../support/leaves-nothing-behind.js'

describe('<im-debug-panel>', () => {
  const chat = useChat()
  const bob = { conversationType: 1, targetId: 'bob' }

  async function open(lang = 'en') {
    const device = chat.service.device('alice')
    const kit = createIMKit({ name: uuidv7() })
    kit.on('error', () => {})
    const place = await fixture(
      html`<im-provider .kit=${kit}><im-debug-panel></im-debug-panel></im-provider>`,
    )
    const panel = place.querySelector<IMDebugPanel>('im-debug-panel')!
    const init = () => kit.init({ appkey: device.appkey, client: device.client, language: lang })
    const part = (name: string) =>
      panel.shadowRoot!.querySelector(`[part=${name}]`)!.textContent!.replaceAll(/\s+/g, ' ')
    const shows = (name: string, text: string) =>
      eventually(`${name} shows ${text}`, () => part(name).includes(text))
    return { device, kit, panel, init, part, shows }
  }

  it('says that nothing was started, and follows what comes then', async () => {
    const { device, init, part, shows } = await open('en')
    init()
    await shows('connection', 'DISCONNECTED')
    await device.online()
    await shows('connection', 'CONNECTED')
    await shows('connection', 'alice')
    expect(part('connection')).to.include(device.client.deviceId)
    await shows('events', 'opened alice')
  })

  it('tells in the language of the kit', async () => {
    const { panel, init, shows } = await open()
    await panel.updateComplete
    await shows('connection', '尚未调用')
    init()
    await shows('connection', 'Nobody is logged in')
  })

  it('stands on its own side from right to left, numbers before their units', async () => {
    const { device, init, panel, shows } = await open('en')
    panel.parentElement!.dir = 'rtl'
    init()
    await device.online()
    await shows('connection', 'alice')
    const values = [...panel.shadowRoot!.querySelectorAll('dd')]
    const user = values.find(({ textContent }) => textContent === 'alice')!
    const range = document.createRange()
    range.selectNodeContents(user)
    expect(range.getBoundingClientRect().right).to.be.closeTo(user.getBoundingClientRect().right, 1)
    await shown(() => panel.shadowRoot!.querySelector('[part=database] bdi'))
  })

  it('shows what waits, what is stored and what happens, and nothing of what was written', async () => {
    const { device, init, panel, part, shows } = await open()
    init()
    await device.online()
    await device.say(bob, 'a secret')
    await shows('database', 'messages 1')
    await device.cut()
    const { messageUId } = await device.post(bob, 'another secret')
    await shows('outbox', '(1)')
    expect(part('outbox')).to.include(messageUId)
    await device.reconnect()
    await shows('outbox', 'Nothing waits')
    await shows('events', `sent RC:TxtMsg ${messageUId}`)
    expect(panel.shadowRoot!.textContent).not.to.include('secret')
    await expectAccessible(panel)
    panel.shadowRoot!.querySelector<HTMLElement>('[part=clear]')!.click()
    await shows('events', 'Nothing has happened')
  })

  it('forgets a user who has left', async () => {
    const { device, init, part, shows } = await open()
    init()
    await device.online()
    await shows('database', 'messages')
    await device.client.disconnect()
    await shows('connection', 'Nobody is logged in')
    await eventually('nothing is left', () => !part('database').includes('messages'))
  })

  it('leaves nothing behind', async () => {
    const device = await chat.service.device('alice').online()
    const kit = createIMKit({ name: uuidv7() })
    kit.init({ appkey: device.appkey, client: device.client, language: 'en' })
    await expectNothingLeftBehind(async (place) => {
      const provider = Object.assign(document.createElement('im-provider'), { kit })
      const panel = document.createElement('im-debug-panel')
      provider.append(panel)
      place.append(provider)
      await shown(() => panel.shadowRoot?.querySelector('[part=database] dd'))
      return panel
    })
    await kit.destroy()
  }).timeout(60_000)
})
