/**
 * What the pages run on: the embedded service, or the real server that the test gives them. Neither
 * they nor the specs know which. Limits come from the address of the page: `?fileSize=1000`.
 */
import type { Backend } from '../../../src/backends/backend.js'
import { local, localToken, type SystemMessage } from '../../../src/backends/local/index.js'
import { xmpp } from '../../../src/backends/xmpp/index.js'
import { nameOf, userIds } from './directory.js'
import { plug } from './plug.js'
import type { TestedServer } from './test-setting.js'

interface TestedBackend extends Backend {
  /** Unplugs this page from the service, or plugs it in again. */
  setOnline(isOnline: boolean): void
  sendSystemMessage(userId: string, message: SystemMessage): Promise<unknown>
}

const parameters = new URLSearchParams(location.search)

const limits = {
  sendRate: Infinity,
  fileSize: Number(parameters.get('fileSize') ?? 1024 * 1024),
}

const { server, hasProfiles } = window.testSetting

export const backend: TestedBackend = server ? onServer(server) : embedded()

export function tokenOf(userId: string): string {
  return server?.tokens[userId] ?? localToken(userId)
}

function embedded(): TestedBackend {
  return local({
    name: 'e2e',
    users: hasProfiles ? userIds.map((id) => ({ id, name: nameOf(id) })) : [],
    limits,
  })
}

function onServer({ url, domain }: TestedServer): TestedBackend {
  const backend = xmpp({ url, domain, limits })
  return {
    name: backend.name,
    userIdOf: (token) => backend.userIdOf?.(token),
    connect: (credentials, sink) => backend.connect(credentials, sink),
    setOnline: (isOnline) => (isOnline ? plug.putIn() : plug.pull()),
    sendSystemMessage: (userId, message) => window.sendAsServer(userId, message),
  }
}
