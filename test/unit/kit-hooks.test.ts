import { expect } from '@open-wc/testing'
import { html, render } from 'lit'
import { renderCustom } from '../../src/kit/custom-message.js'
import type { CustomDisplayMessage, CustomMessage } from '../../src/kit/hooks.js'
import type { MessageContent } from '../../src/model/content.js'
import { ErrorCode } from '../../src/model/errors.js'
import { MessageType } from '../../src/model/message-types.js'
import { inGroup, privateWith } from '../support/backend-messages.js'
import { aMessage } from '../support/a-message.js'
import { eventually, textOf, useChat } from '../support/chat-service.js'
import { shows } from '../support/open-store.js'
import { ReadyKit } from '../support/ready-kit.js'
import type { InitOptions } from '../../src/kit/kit-options.js'

const text = (content: string) => ({ messageType: MessageType.TEXT, content: { content } })

/** A cipher everybody can break. */
const turned = (content: MessageContent): MessageContent => ({
  ...content,
  content: [...String(content.content)].reverse().join(''),
})

describe('the hooks of a host', () => {
  const chat = useChat()

  async function pair(options: Partial<InitOptions>) {
    const { alice, bob, toAlice, toBob } = await chat.service.pair()
    return { alice: new ReadyKit(alice, options), bob: new ReadyKit(bob), toAlice, toBob }
  }

  it('rewrite what is sent, shown and listed, at once or in a while', async () => {
    const hooks: CustomDisplayMessage = {
      willSendMessage: async (content) => turned(content),
      willDisplayMessages: turned,
      willDisplayConversationMessage: async (content) => turned(content),
    }
    const { alice, bob, toAlice, toBob } = await pair({ customDisplayMessage: hooks })
    const store = alice.kit.store.value!
    const window = store.openMessages(toBob)
    await alice.kit.post(toBob, text('abc'))
    await bob.tab.has(toAlice, 'cba')
    await shows(window, ['abc'])
    await eventually(
      'the list reads it',
      () => store.conversations.items.value[0]?.latestMessage?.content.content === 'abc',
    )
    await bob.kit.send(toAlice, text('fed'))
    await shows(window, ['abc', 'def'])
    await alice.hears('MESSAGES')
    expect(alice.heard('MESSAGES')[0]!.map(textOf)).to.deep.equal(['def'])
    const { list } = await alice.kit.getMessages(toBob)
    expect(list.map(textOf)).to.deep.equal(['abc', 'def'])
  })

  it('are told what the message is and where it goes', async () => {
    const calls: unknown[][] = []
    const { alice, toBob } = await pair({
      customDisplayMessage: {
        willSendMessage: (content, ...rest) => {
          calls.push(rest)
          content.content = 'changed in place'
          return { content: 'x' }
        },
      },
    })
    const message = text('abc')
    await alice.kit.post(toBob, message)
    expect(calls).to.deep.equal([[1, 'bob', MessageType.TEXT]])
    expect(message.content.content).to.equal('abc')
  })

  it('rewrite what is forwarded, for each target by itself', async () => {
    const { alice, toBob } = await pair({
      customDisplayMessage: {
        willSendMessage: (content, _type, targetId) => ({
          content: `${targetId}:${content.content}`,
        }),
        willDisplayMessages: (content) => ({ content: String(content.content).split(':')[1] }),
      },
    })
    const window = alice.kit.store.value!.openMessages(toBob)
    await alice.kit.post(toBob, text('abc'))
    await eventually('it is sent', () => window.items.value[0]?.sentStatus === 30)
    await shows(window, ['abc'])
    const [one, two] = await alice.kit.forward(window.items.value, [
      privateWith('ann'),
      privateWith('ben'),
    ])
    expect([textOf(one!), textOf(two!)]).to.deep.equal(['ann:abc', 'ben:abc'])
  })

  it('keep messages in the order they were written in', async () => {
    const answers: (() => void)[] = []
    const { alice, bob, toAlice, toBob } = await pair({
      customDisplayMessage: {
        willSendMessage: (content) =>
          new Promise((resolve) => answers.push(() => resolve(content))),
      },
    })
    const first = alice.kit.post(toBob, text('one'))
    const second = alice.kit.post(toBob, text('two'))
    await eventually('the first is worked on', () => answers.length === 1)
    answers[0]!()
    await first
    await eventually('then the second', () => answers.length === 2)
    answers[1]!()
    await second
    await bob.tab.has(toAlice, 'two')
    expect(await bob.tab.texts(toAlice)).to.deep.equal(['one', 'two'])
  })

  const failures: [name: string, hook: () => unknown, message: RegExp][] = [
    [
      'throws',
      () => {
        throw new Error('no key')
      },
      /willSendMessage failed.*no key/,
    ],
    ['rejects', () => Promise.reject(new Error('no key')), /no key/],
    ['returns nothing', () => undefined, /must return the content/],
    ['returns text', () => 'abc', /must return the content/],
    ['never answers', () => new Promise(() => undefined), /within 10 seconds/],
  ]
  for (const [name, hook, message] of failures) {
    it(`send nothing when willSendMessage ${name}`, async () => {
      const { alice, toBob } = await pair({
        customDisplayMessage: { willSendMessage: hook as never },
      })
      let result: { code: number; msg?: string } | undefined
      void alice.kit.sendMessage(toBob, text('secret') as never).then((one) => (result = one))
      await alice.passes('it is refused', () => result, 10_000)
      expect(result!.code).to.equal(ErrorCode.MESSAGE_INTERCEPTION_PRODUCED_NULL_MESSAGE)
      expect(result!.msg).to.match(message)
      expect(await alice.tab.messages(toBob)).to.deep.equal([])
      alice.kit.customDisplayMessage = {}
      await alice.kit.post(toBob, text('open'))
      expect(await alice.tab.texts(toBob)).to.deep.equal(['open'])
    })

    it(`show a message as it is when willDisplayMessages ${name}`, async () => {
      const { alice, bob, toAlice, toBob } = await pair({
        customDisplayMessage: { willDisplayMessages: hook as never },
      })
      await bob.kit.send(toAlice, text('plain'))
      await alice.tab.has(toBob, 'plain')
      const window = alice.kit.store.value!.openMessages(toBob)
      await alice.passes('it is shown', () => window.items.value.length === 1, 10_000)
      expect(window.items.value.map(textOf)).to.deep.equal(['plain'])
      const [report] = alice.reports
      expect(report!.context).to.equal('customDisplayMessage.willDisplayMessages')
    })
  }

  it('hide conversations and messages, and may be changed', async () => {
    const { alice, bob, toAlice, toBob } = await pair({
      customIntercept: {
        interceptConversation: ({ targetId }) => targetId === 'bob',
        interceptMessage: (message) => textOf(message) === 'hidden',
      },
    })
    await bob.kit.send(toAlice, text('hidden'))
    await bob.kit.send(toAlice, text('shown'))
    await alice.tab.has(toBob, 'shown')
    const store = alice.kit.store.value!
    const window = store.openMessages(toBob)
    await shows(window, ['shown'])
    expect(alice.heard('MESSAGES').flat().map(textOf)).not.to.include('hidden')
    expect(alice.heard('conversation')).to.deep.equal([])
    expect(store.conversations.items.value).to.deep.equal([])
    alice.kit.customIntercept = {}
    await shows(window, ['hidden', 'shown'])
    await eventually('Bob is listed', () => store.conversations.items.value.length === 1)
  })

  it('hide nothing when they fail, and are reported', async () => {
    const { alice, bob, toAlice, toBob } = await pair({
      customIntercept: {
        interceptConversation: () => {
          throw new Error('oh')
        },
        interceptMessage: (() => 'yes') as never,
      },
    })
    await bob.kit.send(toAlice, text('one'))
    const store = alice.kit.store.value!
    await shows(store.openMessages(toBob), ['one'])
    await eventually('Bob is listed', () => store.conversations.items.value.length === 1)
    expect(alice.reports[0]!.context).to.equal('customIntercept.interceptConversation')
  })
})

describe('renderers of a host', () => {
  const chat = useChat()
  const message = () => aMessage({ messageType: 'app:card', content: { title: '<i>x</i>' } })

  function drawn(renderer: (message: never) => unknown) {
    const customMessage = { userMessage: { 'app:card': renderer } } as unknown as CustomMessage
    const open = new ReadyKit(chat.service.device('alice'), { customMessage })
    const place = document.createElement('div')
    const one = message()
    const draw = () =>
      render(html`${renderCustom(open.kit, 'userMessage', one, 'fallback')}`, place)
    draw()
    return { open, place, draw, one }
  }

  it('draw with a template, a node or a text', () => {
    expect(drawn(() => html`<b>one</b>`).place.querySelector('b')!.textContent).to.equal('one')
    const node = document.createElement('em')
    expect(drawn(() => node).place.firstElementChild).to.equal(node)
    expect(drawn(() => 'only text').place.textContent).to.equal('only text')
  })

  it('draw with markup, which is sanitised', async () => {
    const markup =
      '<p style="color: red" onclick="boom()">hi <img src="data:," onerror="boom()"><a href="javascript:boom()">a</a><a href="https://example.org">b</a><script>boom()</script></p>'
    const { place, draw } = drawn(() => markup)
    await eventually('it is drawn', () => place.querySelector('p'))
    const shown = place.querySelector('p')!
    expect(shown.hasAttribute('onclick')).to.be.false
    expect(shown.style.color).to.equal('red')
    expect(place.querySelector('script')).to.be.null
    expect(place.querySelector('img')!.hasAttribute('onerror')).to.be.false
    const [bad, good] = place.querySelectorAll('a')
    expect(bad!.hasAttribute('href')).to.be.false
    expect(good!.getAttribute('href')).to.equal('https://example.org')
    expect(good!.rel).to.equal('noopener noreferrer')
    draw()
    expect(place.querySelector('p')).to.equal(shown)
  })

  const failing: [name: string, renderer: () => unknown][] = [
    [
      'throws',
      () => {
        throw new Error('oh')
      },
    ],
    ['gives nothing', () => undefined],
    ['gives an empty text', () => ''],
    ['gives a number', () => 7],
    ['gives a promise', () => Promise.resolve('x')],
  ]
  for (const [name, renderer] of failing) {
    it(`leave the fallback when one ${name}, reported once however often it is drawn`, () => {
      const { open, place, draw } = drawn(renderer)
      draw()
      expect(place.textContent).to.equal('fallback')
      expect(open.reports.map(({ context }) => context)).to.deep.equal([
        'customMessage.userMessage["app:card"]',
      ])
    })
  }

  it('leave the fallback for types without one', () => {
    const open = new ReadyKit(chat.service.device('alice'))
    expect(renderCustom(open.kit, 'userMessage', message(), 'fallback')).to.equal('fallback')
    expect(open.kit.isCustomUserMessage(message())).to.be.false
    open.kit.customMessage = { userMessage: { 'app:card': () => 'card' } }
    expect(open.kit.isCustomUserMessage(message())).to.be.true
    expect(open.kit.isCustomNotifyMessage(message())).to.be.false
    expect(open.kit.isCustomLastMessage(message())).to.be.false
    expect(open.kit.createCustomUserMessageDom(message())).to.equal('card')
    expect(open.kit.createCustomLastMessageDom(message())).to.be.undefined
    const named = aMessage({ messageType: 'constructor', ...inGroup('g') })
    expect(open.kit.isCustomUserMessage(named)).to.be.false
  })
})
