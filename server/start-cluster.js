// Several nodes of ejabberd on this machine that are one server, on one PostgreSQL: the cluster of
// server/production without its containers.

import { randomBytes } from 'node:crypto'
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { findEjabberd } from './ejabberd-package.js'
import { freePorts } from './free-ports.js'
import { startChild } from './start-child.js'
import { startPostgres } from './start-postgres.js'
import { startServer } from './start-server.js'

/** How long the nodes may take to find each other, in milliseconds. */
const patience = 30_000

/**
 * @typedef {object} Cluster
 * @property {import('./start-server.js').Server[]} nodes
 * @property {() => Promise<void>} stop
 */

/**
 * Starts two nodes.
 *
 * @param {object} options
 * @param {string} options.domain
 * @returns {Promise<Cluster>}
 */
export async function startCluster({ domain }) {
  /** @type {(() => unknown)[]} */
  const undo = []
  const stop = async () => {
    for (const step of undo.splice(0).reverse()) await step()
  }
  try {
    const folder = mkdtempSync(join(tmpdir(), 'imkit-cluster-'))
    undo.push(() => rmSync(folder, { recursive: true, force: true }))
    for (const part of ['log', 'one', 'two']) mkdirSync(join(folder, part))

    const postgres = await startPostgres({ folder, schema: findEjabberd().schema })
    undo.push(postgres.stop)

    const [mapperPort = 0] = await freePorts(1)
    const mapper = await startChild('epmd', ['-address', '127.0.0.1', '-port', `${mapperPort}`], {
      folder,
      log: join(folder, 'log', 'epmd.log'),
    })
    undo.push(() => mapper.end('SIGTERM'))

    const cookie = randomBytes(24).toString('hex')
    const startNode = async (/** @type {string} */ name) => {
      const node = { name: `${name}@localhost`, cookie, mapperPort }
      const server = await startServer({
        domain,
        folder: join(folder, name),
        cluster: { node, folder, postgres },
      })
      undo.push(server.stop)
      return server
    }
    const one = await startNode('one')
    const two = await startNode('two')
    await two.call('join_cluster', { node: 'one@localhost' })
    await untilTogether([one, two])
    return { nodes: [one, two], stop }
  } catch (error) {
    await stop()
    throw error
  }
}

/** A node that joins starts again, and answers nothing for a moment. */
async function untilTogether(/** @type {import('./start-server.js').Server[]} */ nodes) {
  const deadline = Date.now() + patience
  const seesAll = async (/** @type {import('./start-server.js').Server} */ node) => {
    const seen = await node.call('list_cluster').catch(() => [])
    return Array.isArray(seen) && seen.length === nodes.length
  }
  while (!(await Promise.all(nodes.map(seesAll))).every(Boolean)) {
    if (Date.now() > deadline) throw new Error('The nodes do not find each other.')
    await new Promise((resolve) => setTimeout(resolve, 50))
  }
}
