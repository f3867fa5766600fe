// The real server with its companion, for scenarios that measure the way to it: started when the
// first of them asks for it, and stopped with the run.

import { randomUUID } from 'node:crypto'
import { signToken } from '../../server/signing-key.js'
import { startServerWithCompanion } from '../support/start-companion.js'

/** @typedef {import('../../server/start-server.js').Server} Server */

/** @type {Promise<Server> | undefined} */
let started

/** @returns {Promise<Server>} */
export function ownServer() {
  started ??= startServerWithCompanion({ domain: 'bench.localhost' })
  return started
}

export async function stopOwnServer() {
  await (await started?.catch(() => undefined))?.stop()
}

/**
 * What a page needs to log in as somebody.
 *
 * @param {string} userId
 * @returns {Promise<import('./page/server.ts').Account>}
 */
export async function account(userId) {
  const server = await ownServer()
  await server.createUser(userId)
  const token = signToken(server.key, `${userId}@${server.domain}`, 3600)
  return { url: server.url, domain: server.domain, token }
}

/** Messages on their way to the server at once. */
const atOnce = 16

/**
 * Sends texts to a user, from one peer after the other.
 *
 * @param {string} userId
 * @param {readonly { from: string, text: string }[]} texts in about this order
 */
export async function sendTo(userId, texts) {
  const server = await ownServer()
  const waiting = texts.values()
  const work = async () => {
    for (const { from, text } of waiting) {
      await server.call('send_stanza', {
        from: `${from}@${server.domain}/bench`,
        to: `${userId}@${server.domain}`,
        stanza: stanzaOf(text),
      })
    }
  }
  await Promise.all(Array.from({ length: atOnce }, work))
}

function stanzaOf(/** @type {string} */ text) {
  const message = {
    messageUId: randomUUID(),
    messageType: 'RC:TxtMsg',
    content: { content: text },
    isPersisted: true,
    isCounted: true,
    isStatusMessage: false,
  }
  const json = JSON.stringify({ imkit: message })
  return `<message type="chat" id="${message.messageUId}"><body>${text}</body><json xmlns="urn:xmpp:json:0">${json}</json><store xmlns="urn:xmpp:hints"/></message>`
}
