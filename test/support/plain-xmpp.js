// XMPP over WebSocket (RFC 7395) with nothing between a test of the server and the server.

/**
 * @typedef {object} PlainXmpp
 * @property {string} jid
 * @property {(stanza: string) => void} send
 * @property {(...parts: string[]) => Promise<string>} receives The first stanza, of those that came
 *   or are to come, with all these parts in it. It is given once.
 * @property {Promise<void>} closed
 * @property {() => void} close
 */

/**
 * Logs in.
 *
 * @param {{ url: string, domain: string }} server
 * @param {string} localpart
 * @param {string} token
 * @returns {Promise<PlainXmpp>}
 * @throws what the server refuses it with
 */
export async function logIn({ url, domain }, localpart, token) {
  const socket = new WebSocket(url, 'xmpp')
  /** @type {string[]} */
  const came = []
  /** @type {Set<() => void>} */
  const waiting = new Set()
  socket.addEventListener('message', ({ data }) => {
    came.push(String(data))
    for (const look of waiting) look()
  })
  const closed = new Promise((resolve) => {
    socket.addEventListener('close', () => resolve(undefined))
    socket.addEventListener('error', () => resolve(undefined))
  })

  const send = (/** @type {string} */ stanza) => socket.send(stanza)
  /** @returns {Promise<string>} */
  const receives = (/** @type {string[]} */ ...parts) =>
    new Promise((resolve, reject) => {
      const look = () => {
        const index = came.findIndex((it) => parts.every((part) => it.includes(part)))
        if (index < 0) return
        waiting.delete(look)
        resolve(came.splice(index, 1)[0] ?? '')
      }
      waiting.add(look)
      look()
      void closed.then(() => reject(new Error(`Closed before ${parts.join(' ')} came.`)))
    })
  const open = () =>
    send(`<open xmlns="urn:ietf:params:xml:ns:xmpp-framing" to="${domain}" version="1.0"/>`)

  await new Promise((resolve, reject) => {
    socket.addEventListener('open', resolve)
    void closed.then(() => reject(new Error(`No connection to ${url}.`)))
  })
  open()
  await receives('mechanisms')
  const credentials = Buffer.from(`\0${localpart}\0${token}`).toString('base64')
  send(`<auth xmlns="urn:ietf:params:xml:ns:xmpp-sasl" mechanism="PLAIN">${credentials}</auth>`)
  const answer = await receives('urn:ietf:params:xml:ns:xmpp-sasl')
  if (!answer.includes('<success')) {
    socket.close()
    throw new Error(answer)
  }
  open()
  await receives('xmpp-bind')
  send(
    '<iq xmlns="jabber:client" type="set" id="bind"><bind xmlns="urn:ietf:params:xml:ns:xmpp-bind"/></iq>',
  )
  const bound = await receives("id='bind'")
  send('<presence xmlns="jabber:client"/>')
  const jid = /<jid>([^<]*)</.exec(bound)?.[1] ?? ''
  await receives('<presence', `from='${jid}'`)
  return {
    jid,
    send,
    receives,
    closed: /** @type {Promise<void>} */ (closed),
    close: () => socket.close(),
  }
}

/**
 * Sends a request and gives the answer.
 *
 * @param {PlainXmpp} client
 * @param {'get' | 'set'} type
 * @param {string} child
 * @param {string} [to]
 */
export async function ask(client, type, child, to) {
  const id = `ask-${++asked}`
  const address = to === undefined ? '' : ` to="${to}"`
  client.send(`<iq xmlns="jabber:client" type="${type}" id="${id}"${address}>${child}</iq>`)
  return client.receives('<iq', `id='${id}'`)
}

let asked = 0

/**
 * Makes a room, with members who are there without a session in it.
 *
 * @param {PlainXmpp} owner
 * @param {string} room
 * @param {string[]} members
 */
export async function makeRoom(owner, room, members) {
  owner.send(
    `<presence xmlns="jabber:client" to="${room}/owner"><x xmlns="http://jabber.org/protocol/muc"/></presence>`,
  )
  await owner.receives("code='110'")
  const owned = 'http://jabber.org/protocol/muc#owner'
  await does(
    owner,
    room,
    `<query xmlns="${owned}"><x xmlns="jabber:x:data" type="submit"/></query>`,
  )
  for (const jid of members) await letIn(owner, room, jid)
}

/**
 * Makes somebody a member who is there without a session in the room.
 *
 * @param {PlainXmpp} owner
 * @param {string} room
 * @param {string} jid
 */
export async function letIn(owner, room, jid) {
  const administered = 'http://jabber.org/protocol/muc#admin'
  const item = `<item affiliation="member" jid="${jid}"/>`
  await does(owner, room, `<query xmlns="${administered}">${item}</query>`)
  const event = '<event node="urn:xmpp:mucsub:nodes:messages"/>'
  const subscription = `xmlns="urn:xmpp:mucsub:0" jid="${jid}" nick="member ${jid}"`
  await does(owner, room, `<subscribe ${subscription}>${event}</subscribe>`)
}

/** @param {PlainXmpp} client @param {string} room @param {string} child */
async function does(client, room, child) {
  const answer = await ask(client, 'set', child, room)
  if (!answer.includes("type='result'")) throw new Error(answer)
}

/** A text message. Its words are its id too. */
export function textTo(/** @type {string} */ to, /** @type {string} */ words, type = 'chat') {
  return `<message xmlns="jabber:client" type="${type}" id="${words}" to="${to}"><body>${words}</body></message>`
}

/**
 * Has the newest page of an archive sent.
 *
 * @param {PlainXmpp} client
 * @param {string} [of] a room; without it the user's own
 */
export function readArchive(client, of) {
  const newest = '<set xmlns="http://jabber.org/protocol/rsm"><max>50</max><before/></set>'
  return ask(client, 'set', `<query xmlns="urn:xmpp:mam:2">${newest}</query>`, of)
}
