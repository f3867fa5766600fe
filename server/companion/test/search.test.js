import assert from 'node:assert/strict'
import { after, describe, it } from 'node:test'
import { connectNew, disconnectAll, messageOf, messagesOf, xml } from './support/people.js'

/** @typedef {import('./support/people.js').Person} Person */

after(disconnectAll)

/**
 * @param {Person} person
 * @param {{ text?: string, conversations?: string[], senders?: string[], types?: string[] }} query
 * @param {Record<string, string>} [attributes]
 */
async function search(person, { text, conversations = [], senders = [], types = [] }, attributes) {
  const answer = await person.ask(
    'get',
    'search',
    attributes,
    ...(text === undefined ? [] : [xml('text', {}, text)]),
    ...conversations.map((it) => xml('conversation', {}, it)),
    ...senders.map((it) => xml('sender', {}, it)),
    ...types.map((it) => xml('type', {}, it)),
  )
  const found = answer.getChildren('found').map((it) => ({
    with: it.attrs.with,
    ...messageOf(it.getChild('result')),
  }))
  return {
    found,
    texts: found.map(({ body }) => body),
    operations: answer.getChildren('operations').map((it) => ({
      with: it.attrs.with,
      contents: messagesOf(it).map(({ content }) => content),
    })),
    more: answer.attrs.more === 'true',
    last: answer.attrs.last,
  }
}

describe('search', () => {
  it('finds what somebody may read, the newest first, and nothing else', async () => {
    const [alice, bob, carol] = await connectNew('alice', 'bob', 'carol')
    const group = await alice.createsGroup(bob)
    await alice.says(bob.address, 'the blue house')
    await alice.says(group, 'a blue car')
    await alice.says(carol.address, 'blue for carol')
    await bob.says(carol.address, 'blue for carol, not alice')
    await alice.says(group, 'blue for nobody but alice', { directedUserIds: [alice.id] })
    const { found, texts } = await search(bob, { text: 'blue' })
    assert.deepEqual(texts, ['blue for carol, not alice', 'a blue car', 'the blue house'])
    assert.deepEqual(
      found.map((it) => it.with),
      [carol.address, group, alice.address],
    )
    assert.deepEqual((await search(carol, { text: 'house' })).texts, [])
  })

  it('finds Latin and Chinese, parts of words, one character, any case and width', async () => {
    const [alice, bob] = await connectNew('alice', 'bob')
    const said = [
      'Grüße aus Köln',
      '今天晚上一起吃饭吗',
      'ＦＵＬＬ　ｗｉｄｔｈ',
      '100% _sure_ \\ "yes"',
      'ΣΊΣΥΦΟΣ',
    ]
    for (const text of said) await alice.says(bob.address, text)
    const finds = async (/** @type {string} */ text) => (await search(bob, { text })).texts
    assert.deepEqual(await finds('GRÜSSE'), [])
    assert.deepEqual(await finds('grüße AUS'), [said[0]])
    assert.deepEqual(await finds('öl'), [said[0]])
    assert.deepEqual(await finds('饭'), [said[1]])
    assert.deepEqual(await finds('晚上一'), [said[1]])
    assert.deepEqual(await finds('上晚'), [])
    assert.deepEqual(await finds('full width'), [said[2]])
    assert.deepEqual(await finds('0% _'), [said[3]])
    assert.deepEqual(await finds('\\ "'), [said[3]])
    assert.deepEqual(await finds('%'), [said[3]])
    assert.deepEqual(await finds('σίσυφος'), [said[4]])
  })

  it('is narrowed by conversation, sender, time and type', async () => {
    const [alice, bob, carol] = await connectNew('alice', 'bob', 'carol')
    const group = await alice.createsGroup(bob, carol)
    await alice.says(group, 'word one')
    await bob.says(group, 'word two')
    await bob.says(carol.address, 'word three')
    await bob.sends(group, 'RC:FileMsg', { name: 'word.pdf', fileUrl: 'x' })
    const texts = async (/** @type {Parameters<typeof search>[1]} */ query, attributes = {}) =>
      (await search(carol, query, attributes)).texts
    const text = 'word'
    assert.deepEqual(await texts({ text, conversations: [group], types: ['RC:TxtMsg'] }), [
      'word two',
      'word one',
    ])
    assert.deepEqual(await texts({ text, senders: [alice.address] }), ['word one'])
    assert.deepEqual(
      (await search(carol, { types: ['RC:FileMsg'] })).found[0]?.content.name,
      'word.pdf',
    )
    const { found } = await search(carol, { text, types: ['RC:TxtMsg'] })
    const [three, two] = found.map(({ place }) => String(Math.floor(place / 1000)))
    const types = ['RC:TxtMsg']
    assert.deepEqual(await texts({ text, types }, { since: three }), ['word three'])
    assert.deepEqual(await texts({ text, types }, { until: two }), ['word two', 'word one'])
  })

  it('comes in pages without a double and without a hole', async () => {
    const [alice, bob] = await connectNew('alice', 'bob')
    for (let number = 1; number <= 7; number += 1) await alice.says(bob.address, `page ${number}`)
    const texts = []
    /** @type {Record<string, string>} */
    let before = {}
    for (;;) {
      const page = await search(bob, { text: 'page' }, { count: '3', ...before })
      texts.push(...page.texts)
      if (!page.more) break
      before = { before: String(page.last) }
    }
    assert.deepEqual(
      texts,
      [7, 6, 5, 4, 3, 2, 1].map((number) => `page ${number}`),
    )
  })

  it('does not find what was recalled or what one can no longer read', async () => {
    const [alice, bob] = await connectNew('alice', 'bob')
    const group = await alice.createsGroup(bob)
    const id = await alice.says(group, 'secret word')
    await alice.says(group, 'another word')
    await alice.sends(group, 'RC:RcCmd', { messageUId: id, senderUserId: alice.id })
    assert.deepEqual((await search(bob, { text: 'word' })).texts, ['another word'])
    await alice.putsOut(group, bob)
    assert.deepEqual((await search(bob, { text: 'word' })).texts, [])
    const inGroup = xml('conversation', {}, group)
    assert.equal(
      await bob.refusal('get', 'search', {}, xml('text', {}, 'word'), inGroup),
      'forbidden',
    )
  })

  it('finds nothing of a group from before the notice that one came into it', async () => {
    const [alice, bob] = await connectNew('alice', 'bob')
    const group = await alice.createsGroup(bob)
    await alice.says(group, 'a word before')
    const data = { operatorNickname: 'Alice', targetUserIds: [bob.id] }
    const notice = { operatorUserId: alice.id, operation: 'Add', data: JSON.stringify(data) }
    await alice.sends(group, 'RC:GrpNtf', notice, { isCounted: false })
    await alice.says(group, 'a word since')
    assert.deepEqual((await search(bob, { text: 'word' })).texts, ['a word since'])
    assert.equal((await search(alice, { text: 'word' })).texts.length, 2)
    const page = await bob.ask('get', 'history', { with: group, count: '20' })
    assert.equal(page.attrs.older, 'false')
    assert.equal(page.getChild('messages')?.getChildren('result').length, 2)
  })

  it('hides nothing by the notice of a member that another, who is in already, came only now', async () => {
    const [alice, bob, carol] = await connectNew('alice', 'bob', 'carol')
    const group = await alice.createsGroup(bob, carol)
    const enters = (/** @type {typeof bob} */ user, /** @type {typeof bob} */ writer) => {
      const data = { operatorNickname: 'Somebody', targetUserIds: [user.id] }
      const notice = { operatorUserId: writer.id, operation: 'Add', data: JSON.stringify(data) }
      return writer.sends(group, 'RC:GrpNtf', notice, { isCounted: false })
    }
    await enters(bob, alice)
    await alice.says(group, 'a word before')
    await enters(bob, carol)
    assert.deepEqual((await search(bob, { text: 'word' })).texts, ['a word before'])
    await enters(bob, alice)
    assert.deepEqual((await search(bob, { text: 'word' })).texts, [])
  })

  it('finds an edited message by what it says now, and brings what was done to it', async () => {
    const [alice, bob] = await connectNew('alice', 'bob')
    const group = await alice.createsGroup(bob)
    for (const to of [group, bob.address]) {
      const messageUId = await alice.says(to, 'the first version')
      const of = { messageUId, senderUserId: alice.id }
      const edit = { ...of, content: { content: 'the second draft' } }
      await alice.sends(to, 'IK:EditMsg', edit, { isCounted: false })
      const forged = { ...of, content: { content: 'not by its author' } }
      const [author, from] = to === group ? [bob, group] : [bob, alice.address]
      await author.sends(from, 'IK:EditMsg', forged, { isCounted: false })
      const conversation = to === group ? group : alice.address
      const only = { conversations: [conversation] }
      assert.deepEqual((await search(bob, { text: 'first version', ...only })).texts, [])
      assert.deepEqual((await search(bob, { text: 'not by its', ...only })).texts, [])
      const { texts, operations } = await search(bob, { text: 'second draft', ...only })
      assert.deepEqual(texts, ['the first version'])
      assert.deepEqual(operations, [{ with: conversation, contents: [edit, forged] }])
      await alice.sends(to, 'RC:RcCmd', of)
      assert.deepEqual((await search(bob, { text: 'second draft', ...only })).texts, [])
    }
  })

  it('takes for an edit what another program corrects', async () => {
    const [alice, bob] = await connectNew('alice', 'bob')
    const id = await alice.saysPlainly(bob.address, 'a plian word')
    const corrects = xml('replace', { xmlns: 'urn:xmpp:message-correct:0', id })
    await alice.saysPlainly(bob.address, 'a plain word', corrects)
    assert.deepEqual((await search(bob, { text: 'plian' })).texts, [])
    assert.deepEqual((await search(bob, { text: 'plain' })).texts, ['a plian word'])
  })

  it('lets an owner recall for others, and a member not', async () => {
    const [alice, bob, carol] = await connectNew('alice', 'bob', 'carol')
    const group = await alice.createsGroup(bob, carol)
    const id = await bob.says(group, 'recallable')
    const recall = { messageUId: id, senderUserId: bob.id, isAdmin: true, isDelete: true }
    await carol.sends(group, 'RC:RcCmd', recall)
    assert.equal((await search(carol, { text: 'recallable' })).texts.length, 1)
    await alice.sends(group, 'RC:RcCmd', recall)
    assert.equal((await search(carol, { text: 'recallable' })).texts.length, 0)
  })
})
