/**
 * Messages that are large as they are sent. A Prosody takes nothing in pieces, which Chromium makes of
 * what has more than 64 KB, depending on what it sent before; ejabberd takes a megabyte.
 */
import { expect } from '@open-wc/testing'
import { escapeId } from '../../src/backends/xmpp/addresses.js'
import { passwordToken, xmpp } from '../../src/backends/xmpp/index.js'
import { ErrorCode } from '../../src/model/errors.js'
import { limits, serializedSize } from '../../src/model/limits.js'
import { codeOf } from '../support/backend-refusal.js'
import { useService, type BackendUnderTest, type Client } from './backend-harness.js'
import { onAnyServer } from './xmpp-capabilities.js'
import { onServer } from './xmpp-harness.js'
import { onProsody } from './prosody-harness.js'

/** A text that makes a content of so many bytes. */
const textOfSize = (size: number) => 'x'.repeat(size - serializedSize({ content: '' }))

const wasClosed = ({ received }: Client) => received.closings.length > 0

describe('large messages on Prosody', () => {
  const backend: BackendUnderTest = {
    capabilities: onAnyServer,
    ...onProsody({ xmpp, escapeId, passwordToken }),
  }
  const service = useService(backend)
  const { messageSize } = backend.limits as { messageSize: number }

  it('go in one piece, wherever the browser’s buffer ends', async () => {
    const { alice, bob, toBob } = await service.connectPair()
    for (const size of [messageSize, 40_000, messageSize, 30_000, messageSize, messageSize]) {
      await bob.received.untilMessage(await alice.says(toBob, textOfSize(size)))
    }
    expect(wasClosed(alice)).to.equal(false)
  })

  it('that would not are refused with 30016, and the connection stays', async () => {
    const { alice, bob, toBob } = await service.connectPair()
    const refused = [
      textOfSize(messageSize + 1),
      textOfSize(limits.messageSize),
      // Few enough, until XML writes them at greater length.
      '&'.repeat(messageSize / 4),
    ]
    for (const it of refused) {
      const code = await codeOf(alice.says(toBob, it))
      expect(code).to.equal(ErrorCode.RC_MSG_CONTENT_EXCEED_LIMIT)
    }
    await bob.received.untilMessage(await alice.says(toBob, 'short'))
    expect(bob.received.messages).to.have.length(1)
    expect(wasClosed(alice)).to.equal(false)
  })

  it('are refused as settings, too', async () => {
    const [alice] = await service.connectNew('alice')
    const large = alice!.session.settings.set('draft', 'x'.repeat(limits.messageSize))
    expect(await codeOf(large)).to.equal(ErrorCode.RC_MSG_CONTENT_EXCEED_LIMIT)
    expect((await alice!.session.settings.set('draft', 'short')).value).to.equal('short')
    expect(wasClosed(alice!)).to.equal(false)
  })
})

describe('large messages on ejabberd', () => {
  const backend: BackendUnderTest = { capabilities: [], ...onServer({ xmpp, escapeId }) }
  const service = useService(backend)

  it('arrive also when XML writes them at five times their length', async () => {
    const { alice, bob, toBob } = await service.connectPair()
    const said = textOfSize(limits.messageSize).replaceAll('x', '&')
    const seen = await bob.received.untilMessage(await alice.says(toBob, said))
    expect(seen.content).to.deep.equal({ content: said })
    expect(wasClosed(alice)).to.equal(false)
  })
})
