// The process of ejabberd. Erlang is started directly: `ejabberdctl` insists on fixed folders, a
// fixed user and a port mapper.

import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import process from 'node:process'
import { startChild } from './start-child.js'

/** How long a start may take, in milliseconds. On an idle machine it is one to two seconds. */
const patience = 60_000

/** Few processors are usual here, and the schedulers would otherwise spin on them while idle. */
const flags = [
  '+K',
  'true',
  '+P',
  '250000',
  '+sbwt',
  'none',
  '+sbwtdcpu',
  'none',
  '+sbwtdio',
  'none',
]

/**
 * A node of a cluster: its name (`one@localhost`), the word all nodes of the cluster know, and the
 * port mapper they find each other by.
 *
 * @typedef {{ name: string, cookie: string, mapperPort: number }} ClusterNode
 */

/**
 * Starts it on the `ejabberd.yml` of the folder, and waits until it answers.
 *
 * @param {object} options
 * @param {import('./ejabberd-package.js').EjabberdPackage} options.ejabberd
 * @param {string} options.folder
 * @param {Record<string, string>} options.environment what its configuration asks for
 * @param {ClusterNode | undefined} options.node
 * @param {(command: string) => Promise<unknown>} options.call
 */
export async function startEjabberd({ ejabberd, folder, environment, node, call }) {
  const log = join(folder, 'log', 'ejabberd.log')
  const args = [
    ...flags,
    ...(node ? distribution(node) : []),
    ...['-pa', join(folder, 'modules')],
    ...['-mnesia', 'dir', JSON.stringify(join(folder, 'mnesia'))],
    ...['-noinput', '-s', 'ejabberd'],
  ]
  const printed = join(folder, 'log', 'erlang.log')
  const child = await startChild('erl', args, {
    folder,
    log: printed,
    env: {
      ...process.env,
      ...environment,
      HOME: folder,
      EJABBERD_CONFIG_PATH: join(folder, 'ejabberd.yml'),
      EJABBERD_LOG_PATH: log,
      ERL_CRASH_DUMP: '/dev/null',
      ERL_LIBS: ejabberd.libraries.join(':'),
      ...(node && { ERL_EPMD_ADDRESS: '127.0.0.1', ERL_EPMD_PORT: String(node.mapperPort) }),
    },
  })
  const deadline = Date.now() + patience
  while (child.isRunning && Date.now() < deadline) {
    if (
      await call('status').then(
        () => true,
        () => false,
      )
    )
      return child
    await new Promise((resolve) => setTimeout(resolve, 50))
  }
  const hasEnded = !child.isRunning
  await child.end('SIGKILL')
  const lines = readFileSync(printed, 'utf8').trim().split('\n').slice(-5).join('\n')
  throw new Error(`ejabberd ${hasEnded ? 'did not start' : 'does not answer'}:\n${lines}`)
}

function distribution(/** @type {ClusterNode} */ { name, cookie }) {
  return [
    ...['-sname', name, '-setcookie', cookie],
    ...['-start_epmd', 'false'],
    ...['-kernel', 'inet_dist_use_interface', '{127,0,0,1}'],
  ]
}
