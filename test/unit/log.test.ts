import { expect } from '@open-wc/testing'
import { createIMKit } from '../../src/kit/kit.js'
import type { InitOptions } from '../../src/kit/kit-options.js'
import { Log, type Logger } from '../../src/kit/log.js'
import { invalidParameter } from '../../src/model/errors.js'
import { uuidv7 } from '../../src/model/identity.js'
import { eventually, useChat } from '../support/chat-service.js'

/** What would stand in the console, by level. */
function writing() {
  const lines: string[] = []
  const at =
    (level: keyof Logger) =>
    (...what: unknown[]) =>
      lines.push([level, ...what.map(String)].join(' '))
  const logger: Logger = {
    error: at('error'),
    warn: at('warn'),
    info: at('info'),
    debug: at('debug'),
  }
  return { logger, lines }
}

describe('the log', () => {
  for (const [level, expected] of [
    [0, []],
    [1, ['error']],
    [2, ['error', 'warn']],
    [3, ['error', 'warn', 'info']],
    [4, ['error', 'warn', 'info', 'debug']],
    [undefined, ['error', 'warn']],
  ] as const) {
    it(`writes ${expected.join(', ') || 'nothing'} at level ${level}`, () => {
      const { logger, lines } = writing()
      const log = new Log()
      log.setUp(level, logger)
      for (const name of ['error', 'warn', 'info', 'debug'] as const) log.write(name, 'what')
      expect(lines).to.deep.equal(expected.map((name) => `${name} imkit: what`))
    })
  }

  it('says where an error is explained', () => {
    const { logger, lines } = writing()
    const log = new Log()
    log.setUp(1, logger)
    log.error('a call', invalidParameter('Pass a number.'))
    log.error('a hook', new TypeError('no'))
    expect(lines[0]).to.include('a call:').and.to.include('imkit/docs/errors.md#33003')
    expect(lines[1]).to.equal('error imkit: a hook: TypeError: no')
  })
})

describe('the log of a kit', () => {
  const chat = useChat()

  function kitOf(options: Partial<InitOptions>) {
    const device = chat.service.device('alice')
    const { logger, lines } = writing()
    const kit = createIMKit({ name: uuidv7() })
    kit.init({ appkey: device.appkey, client: device.client, logger, ...options })
    return { device, kit, lines }
  }
  const has = (lines: string[], part: string) => lines.some((line) => line.includes(part))

  it('has only trouble in it as long as nobody asks for more', async () => {
    const { device, kit, lines } = kitOf({})
    await device.online()
    kit.report(new Error('broken'), 'a test')
    kit.init({ appkey: device.appkey, client: device.client })
    expect(lines.filter((line) => !line.includes('service.'))).to.deep.equal([
      'error imkit: a test: Error: broken',
      'warn imkit: init() was called before; calling it once is enough.',
    ])
    await kit.destroy()
  })

  it('tells of the connection at level 3', async () => {
    const { device, kit, lines } = kitOf({ logOutputLevel: 3 })
    await device.online()
    await eventually('the course is followed', async () => {
      await device.cut()
      await device.reconnect()
      return has(lines, 'info imkit: status CONNECTED')
    })
    expect(has(lines, 'debug')).to.be.false
    await kit.destroy()
  })

  it('tells of everything while debugging, but not what people write', async () => {
    const { device, kit, lines } = kitOf({})
    await device.online()
    const bob = { conversationType: 1, targetId: 'bob' }
    kit.debug()
    await eventually('the course is followed', async () => {
      await device.say(bob, 'a secret')
      return has(lines, 'debug imkit: sent RC:TxtMsg')
    })
    expect(has(lines, '1/bob')).to.be.true
    expect(has(lines, 'secret')).to.be.false
    kit.debug(false)
    const count = lines.length
    await device.say(bob, 'another')
    expect(lines).to.have.length(count)
    await kit.destroy()
  })
})
