// Lets tests in a page have servers: Web Test Runner starts them when a test asks for the first
// time. `test/support/test-server.ts` is the page's side.

import { freePorts } from '../../server/free-ports.js'
import { startCluster } from '../../server/start-cluster.js'
import { startProsody } from '../../server/start-prosody.js'
import { startServer } from '../../server/start-server.js'
import { startForeignClient } from './foreign-client.js'
import { openLink } from './link.js'
import { startHaproxy } from './start-haproxy.js'
import { startServerWithCompanion } from './start-companion.js'

/**
 * @typedef {import('../../server/start-server.js').Server} Server
 * @typedef {import('../../server/start-server.js').ServerOptions & { hasCompanion?: boolean, isBehindLink?: boolean }} ServerSetup
 * @typedef {import('../../server/start-prosody.js').Prosody} Prosody
 * @typedef {import('../../server/start-prosody.js').ProsodyOptions} ProsodyOptions
 * @typedef {import('./link.js').Link} Link
 * @typedef {import('./foreign-client.js').ForeignClient} ForeignClient
 * @typedef {import('./start-companion.js').ServerWithCompanion} ServerWithCompanion
 */

/** The plugin for web-test-runner.config.js. */
export function serverCommands() {
  /** @type {Map<string, Promise<Server>>} */
  const servers = new Map()
  /** @type {Map<string, Promise<Prosody>>} */
  const prosodies = new Map()
  /** @type {Map<string, Link>} */
  const links = new Map()
  /** @type {Map<string, ForeignClient>} */
  const foreigners = new Map()
  /** @type {Map<string, import('./start-companion.js').Browser>} */
  const browsers = new Map()
  /** @type {Map<string, Promise<Awaited<ReturnType<typeof startClusterBehindHaproxy>>>>} */
  const clusters = new Map()
  let count = 0

  const cluster = async (/** @type {{ cluster: string }} */ { cluster: id }) => {
    const found = await clusters.get(id)
    if (!found) throw new Error(`There is no cluster ${id}.`)
    return found
  }
  const server = async (/** @type {{ server: string }} */ { server: id }) => {
    const found = await servers.get(id)
    if (!found) throw new Error(`There is no server ${id}.`)
    return found
  }
  const prosody = async (/** @type {{ server: string }} */ { server: id }) => {
    const found = await prosodies.get(id)
    if (!found) throw new Error(`There is no Prosody ${id}.`)
    return found
  }
  const link = (/** @type {{ link: string }} */ { link: id }) => {
    const found = links.get(id)
    if (!found) throw new Error(`There is no link ${id}.`)
    return found
  }

  const foreigner = (/** @type {{ foreigner: string }} */ { foreigner: id }) => {
    const found = foreigners.get(id)
    if (!found) throw new Error(`There is no client ${id}.`)
    return found
  }

  /** Where a server is that is reached over a link alone, its files too. */
  const placeBehindLink = async (/** @type {string} */ id) => {
    const [open = 0, api = 0, component = 0, client = 0] = await freePorts(4)
    const opened = await openLink(open)
    links.set(id, opened)
    const ports = { public: open, api, component, client }
    return { ports, publicUrl: `http://127.0.0.1:${opened.port}` }
  }

  /**
   * What a page can ask for; the names and payloads are those of `test-server.ts`.
   *
   * @type {Record<string, (payload: any) => Promise<unknown>>}
   */
  const commands = {
    async 'server-start'(/** @type {{ options: ServerSetup, isShared: boolean }} */ wanted) {
      const { options, isShared } = wanted
      const id = isShared ? JSON.stringify(options) : `server ${++count}`
      const { hasCompanion, isBehindLink, ...settings } = options
      const start = hasCompanion ? startServerWithCompanion : startServer
      const place = isBehindLink ? await placeBehindLink(`link of ${id}`) : {}
      if (!servers.has(id))
        servers.set(id, start({ domain: 'im.localhost', ...settings, ...place }))
      const { url, uploadUrl, domain, key, version } = await server({ server: id })
      return { id, url, uploadUrl, domain, key, version }
    },
    async 'server-start-prosody'(/** @type {{ options: ProsodyOptions }} */ { options }) {
      const id = JSON.stringify({ prosody: options })
      const started = prosodies.get(id) ?? startProsody({ domain: 'im.localhost', ...options })
      prosodies.set(id, started)
      const { url, domain, version } = await started
      return { id, url, domain, version }
    },
    async 'server-create-prosody-user'(payload) {
      ;(await prosody(payload)).createUser(payload.localpart, payload.password)
    },
    async 'server-kill'(payload) {
      await (await server(payload)).kill()
    },
    async 'server-stall'(payload) {
      ;(await server(payload)).stall(payload.isStalled)
    },
    async 'server-restart'(payload) {
      await (await server(payload)).restart()
    },
    async 'server-stop'(payload) {
      await (await server(payload)).stop()
      servers.delete(payload.server)
    },
    async 'server-create-user'(payload) {
      await (await server(payload)).createUser(payload.localpart)
    },
    async 'server-call'(payload) {
      return (await server(payload)).call(payload.command, payload.parameters)
    },
    async 'cluster-start'() {
      const id = `cluster ${++count}`
      const starting = startClusterBehindHaproxy()
      clusters.set(id, starting)
      const { url, domain, key } = await starting
      return { id, url, domain, key }
    },
    async 'cluster-create-user'(payload) {
      await (await cluster(payload)).node(0).createUser(payload.localpart)
    },
    async 'cluster-kill-node'(payload) {
      await (await cluster(payload)).node(payload.node).kill()
    },
    async 'cluster-restart-node'(payload) {
      await (await cluster(payload)).node(payload.node).restart()
    },
    async 'cluster-stop'(payload) {
      await (await cluster(payload)).stop()
      clusters.delete(payload.cluster)
    },
    async 'server-log-in-foreigner'(payload) {
      const { ports, domain } = await server(payload)
      const { localpart, token } = payload
      const address = `${localpart}@${domain}`
      const id = `foreigner ${++count}`
      foreigners.set(id, await startForeignClient({ port: ports.client, address, token }))
      return id
    },
    async 'server-tell-foreigner'(payload) {
      return foreigner(payload).tell(payload.order)
    },
    async 'server-foreigner-sees'(payload) {
      return foreigner(payload).sees(payload.wanted)
    },
    async 'server-stop-foreigner'(payload) {
      await foreigner(payload).stop()
      foreigners.delete(payload.foreigner)
    },
    async 'server-new-browser'(payload) {
      const { pushService } = /** @type {ServerWithCompanion} */ (await server(payload))
      const id = `browser ${++count}`
      const browser = pushService.newBrowser()
      browsers.set(id, browser)
      return { id, address: browser.subscription }
    },
    async 'server-browser-is-told'({ browser }) {
      return browsers.get(browser)?.receives()
    },
    async 'server-open-link'(payload) {
      const { ports, url } = await (prosodies.get(payload.server) ?? server(payload))
      const opened = await openLink(ports.public)
      const id = `link ${++count}`
      links.set(id, opened)
      return { id, url: url.replace(`:${ports.public}/`, `:${opened.port}/`) }
    },
    async 'server-cut-link'(payload) {
      link(payload).cut()
    },
    async 'server-stall-link'(payload) {
      link(payload).stall(payload.isStalled)
    },
    async 'server-refuse-on-link'(payload) {
      link(payload).refuse(payload.status)
    },
    async 'server-refuse-files-on-link'(payload) {
      link(payload).refuseFiles(payload.status)
    },
    async 'server-close-link'(payload) {
      await link(payload).close()
      links.delete(payload.link)
    },
  }

  return {
    name: 'server-commands',
    /** @param {{ command: string, payload?: unknown }} call */
    async executeCommand({ command, payload }) {
      const run = commands[command]
      // The runner takes nothing for a command that nobody knows.
      return run && ((await run(payload)) ?? true)
    },
    async serverStop() {
      await Promise.all([...foreigners.values()].map((it) => it.stop()))
      await Promise.all([...links.values()].map((it) => it.close()))
      const all = [...servers.values(), ...prosodies.values(), ...clusters.values()]
      const started = await Promise.allSettled(all)
      await Promise.all(started.map((it) => it.status === 'fulfilled' && it.value.stop()))
    },
  }
}

/** Two nodes, and the way to them that pages take. */
async function startClusterBehindHaproxy() {
  const { nodes, stop } = await startCluster({ domain: 'im.localhost' })
  const haproxy = await startHaproxy(nodes, { hasTls: false })
  const node = (/** @type {number} */ index) => {
    const found = nodes[index]
    if (!found) throw new Error(`There is no node ${index}.`)
    return found
  }
  return {
    url: haproxy.url,
    domain: node(0).domain,
    key: node(0).key,
    node,
    async stop() {
      await haproxy.stop()
      await stop()
    },
  }
}
