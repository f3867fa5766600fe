// ejabberd's REST API.

import { request } from 'node:http'

/**
 * Runs a command and gives its result.
 *
 * @param {{ apiUrl: string, domain: string }} server
 * @param {string} command as `register`; with `/v1` behind it where releases differ
 * @param {object} parameters
 * @returns {Promise<unknown>}
 * @throws what the server says is wrong
 */
export async function callApi({ apiUrl, domain }, command, parameters) {
  const { status, text } = await post(`${apiUrl}/${command}`, domain, JSON.stringify(parameters))
  if (status !== 200) throw new Error(`${command}: ${status} ${text}`)
  return JSON.parse(text)
}

/**
 * By the host it is asked for ejabberd knows whose settings count; `fetch` does not let one say
 * another than the address has.
 *
 * @returns {Promise<{ status: number | undefined, text: string }>}
 */
function post(/** @type {string} */ url, /** @type {string} */ host, /** @type {string} */ body) {
  return new Promise((resolve, reject) => {
    const headers = { Host: host, 'Content-Type': 'application/json' }
    const call = request(url, { method: 'POST', headers, agent: false }, (response) => {
      let text = ''
      response.setEncoding('utf8').on('data', (/** @type {string} */ part) => (text += part))
      response.on('end', () => resolve({ status: response.statusCode, text }))
      response.on('error', reject)
    })
    call.on('error', reject)
    call.end(body)
  })
}
