/** What is left on a real server of what was taken back. */
import { expect } from '@open-wc/testing'
import { escapeId } from '../../src/backends/xmpp/addresses.js'
import { queryArchive } from '../../src/backends/xmpp/archive-query.js'
import { xmpp } from '../../src/backends/xmpp/index.js'
import { LastingStream } from '../../src/backends/xmpp/lasting-stream.js'
import { People } from '../../src/backends/xmpp/people.js'
import { edit, inGroup, recall } from '../support/backend-messages.js'
import { TestServer } from '../support/test-server.js'
import { useService } from './backend-harness.js'
import { onServer } from './xmpp-harness.js'

describe('archives on an XMPP server', () => {
  const service = useService({ capabilities: [], ...onServer({ xmpp, escapeId }) })

  /** Everything that a user's own archive holds, or the one of a group. */
  const archiveOf = async (userId: string, groupId?: string) => {
    const server = await TestServer.shared()
    const local = escapeId(userId)
    const { url, domain } = server
    const password = await server.tokenOf(local)
    const login = { url, domain, local, password, resource: 'archivist', resumeFor: 0 }
    const stream = await LastingStream.begin(login, userId)
    const people = new People(stream.jid, userId, `rooms.${domain}`)
    const room = groupId === undefined ? undefined : people.room(groupId)
    const { entries } = await queryArchive(stream, people, { room, count: 100 })
    stream.close()
    return entries.map(({ message }) => message.toString()).join('\n')
  }

  it('hold one copy of a message for each side, under one place', async () => {
    const { alice, bob, toBob } = await service.connectPair()
    const sent = await alice.says(toBob, 'kept')
    for (const userId of [alice.userId, bob.userId]) {
      expect((await archiveOf(userId)).split('kept').length - 1, userId).to.equal(2)
    }
    await bob.received.untilMessage(sent)
  })

  it('lose what is recalled, on both sides', async () => {
    const { alice, bob, toBob } = await service.connectPair()
    const sent = await alice.says(toBob, 'secret')
    await alice.sends(recall(toBob, sent))
    for (const userId of [alice.userId, bob.userId]) {
      expect(await archiveOf(userId)).to.not.contain('secret')
    }
  })

  it('lose what is recalled in a group, by its author and by the owner', async () => {
    const { alice, bob } = await service.connectPair()
    const memberIds = [bob.userId]
    const { groupId } = await alice.session.groups!.create({ name: 'Team', memberIds })
    const toGroup = inGroup(groupId)
    const own = await bob.says(toGroup, 'first secret')
    await bob.sends(recall(toGroup, own))
    const rude = await bob.says(toGroup, 'second secret')
    await alice.sends(recall(toGroup, rude, { isAdmin: true }))
    await bob.says(toGroup, 'end')
    const kept = await archiveOf(bob.userId, groupId)
    expect(kept).to.contain('end')
    expect(kept).to.not.contain('secret')
  })

  it('lose what a recalled message said between its edits', async () => {
    const { alice, bob, toBob } = await service.connectPair()
    const sent = await alice.says(toBob, 'first secret')
    await alice.sends(edit(toBob, sent, { content: 'second secret' }))
    await alice.sends(edit(toBob, sent, { content: 'third secret' }))
    await alice.sends(recall(toBob, sent))
    for (const userId of [alice.userId, bob.userId]) {
      expect(await archiveOf(userId)).to.not.contain('secret')
    }
  })

  it('lose that in a group too, whether its author or the owner recalls', async () => {
    const { alice, bob } = await service.connectPair()
    const memberIds = [bob.userId]
    const { groupId } = await alice.session.groups!.create({ name: 'Team', memberIds })
    const toGroup = inGroup(groupId)
    for (const [recaller, isAdmin] of [
      [bob, false],
      [alice, true],
    ] as const) {
      const sent = await bob.says(toGroup, 'first secret')
      await bob.sends(edit(toGroup, sent, { content: 'second secret' }))
      await recaller.sends(recall(toGroup, sent, { isAdmin }))
    }
    await bob.says(toGroup, 'end')
    const kept = await archiveOf(bob.userId, groupId)
    expect(kept).to.contain('end')
    expect(kept).to.not.contain('secret')
  })
})
