/** One service of the embedded backend, used from as many tabs as a test likes. */
import type { BackendSession } from '../../src/backends/backend.js'
import {
  local,
  localToken,
  type LocalBackend,
  type LocalOptions,
} from '../../src/backends/local/index.js'
import { uuidv7 } from '../../src/model/identity.js'
import { BackendRecorder } from './backend-recorder.js'

export class LocalService {
  readonly name = `local-${uuidv7()}`
  #tabs: LocalBackend[] = []

  /** What a page has that knows nothing of the others but the name of the service. */
  openTab(options: LocalOptions = {}): LocalBackend {
    const tab = local({ name: this.name, limits: { sendRate: Infinity }, ...options })
    this.#tabs.push(tab)
    return tab
  }

  async remove(): Promise<void> {
    await Promise.all(this.#tabs.splice(0).map((tab) => tab.destroy()))
  }
}

export async function connectTo(
  tab: LocalBackend,
  userId: string,
  token = localToken(userId),
): Promise<{ session: BackendSession; received: BackendRecorder }> {
  const received = new BackendRecorder()
  const credentials = { appkey: 'local', token, deviceId: uuidv7() }
  return { session: await tab.connect(credentials, received), received }
}
