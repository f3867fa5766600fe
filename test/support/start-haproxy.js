// HAProxy with the configuration of the containers, before the nodes of a cluster.

import { spawnSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { freePorts } from '../../server/free-ports.js'
import { findHaproxy } from '../../server/haproxy-package.js'
import { startChild } from '../../server/start-child.js'

const configuration = new URL('../../server/production/haproxy.cfg', import.meta.url)

/**
 * Starts it with a certificate nobody has signed, or without TLS for browsers, which refuse that.
 *
 * @param {import('../../server/start-server.js').Server[]} nodes
 * @param {{ hasTls?: boolean }} options
 */
export async function startHaproxy(nodes, { hasTls = true } = {}) {
  const program = findHaproxy()
  const folder = mkdtempSync(join(tmpdir(), 'imkit-haproxy-'))
  const [plain = 0, tls = 0] = await freePorts(2)
  const certificate = join(folder, 'tls.pem')
  if (hasTls) makeCertificate(certificate)

  let text = readFileSync(configuration, 'utf8')
  const changes = {
    'bind :8080': `bind 127.0.0.1:${plain}`,
    'bind :8443 ssl crt /etc/haproxy/tls.pem alpn http/1.1': hasTls
      ? `bind 127.0.0.1:${tls} ssl crt ${certificate} alpn http/1.1`
      : `bind 127.0.0.1:${tls}`,
    // More files than a machine of tests may open.
    'maxconn 50000': 'maxconn 500',
    ...Object.fromEntries(
      nodes.map(({ ports }, index) => [`node-${index + 1}:5280`, `127.0.0.1:${ports.public}`]),
    ),
  }
  for (const [from, to] of Object.entries(changes)) {
    if (!text.includes(from)) throw new Error(`haproxy.cfg has no ${from}`)
    text = text.replaceAll(from, to)
  }
  const file = join(folder, 'haproxy.cfg')
  writeFileSync(file, text)
  const log = join(folder, 'haproxy.log')
  const child = await startChild(program, ['-f', file], { folder, log })

  const publicUrl = `http${hasTls ? 's' : ''}://127.0.0.1:${tls}`
  while (
    !(await fetch(`${publicUrl}/ws`).then(
      ({ ok }) => ok,
      () => false,
    ))
  ) {
    if (!child.isRunning) throw new Error(readFileSync(log, 'utf8'))
    await new Promise((resolve) => setTimeout(resolve, 50))
  }
  return {
    url: `${publicUrl.replace('http', 'ws')}/ws`,
    publicUrl,
    httpUrl: `http://127.0.0.1:${plain}`,
    async stop() {
      await child.end('SIGTERM')
      rmSync(folder, { recursive: true, force: true })
    },
  }
}

/** The certificate and behind it its key. */
function makeCertificate(/** @type {string} */ file) {
  const { status, stdout, stderr } = spawnSync(
    'openssl',
    [
      'req',
      '-x509',
      '-newkey',
      'rsa:2048',
      '-nodes',
      '-days',
      '1',
      '-subj',
      '/CN=localhost',
    ].concat(['-keyout', '-', '-out', '-']),
    { encoding: 'utf8' },
  )
  if (status !== 0) throw new Error(`openssl: ${stderr}`)
  writeFileSync(file, stdout, { mode: 0o600 })
}
