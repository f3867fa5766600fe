/**
 * One person with the three tags, as a host would build it. `?user=alice` says who; `&lang=zh_CN`
 * in which language; `&device=phone` gives a database of its own, as another device has it;
 * `&host=throws` another host; with `&start=manual` the test starts it, with options of its own.
 */
import { html } from 'lit'
import '../../../src/define.js'
import { createIMKit, imkit, type InitOptions } from '../../../src/kit/index.js'
import { FlakyBackend } from '../../support/flaky-backend.js'
import { backend, tokenOf } from './backend.js'
import { nameOf, userIds } from './directory.js'
import { asked, hosts } from './hosts.js'
import { service } from './service.js'

const parameters = new URLSearchParams(location.search)
const userId = parameters.get('user') ?? 'alice'

/** The service at the end of a line that fails when a test says so. */
const line = new FlakyBackend(backend)

/** What `init` is given unless a test wants something else. */
function initOptions(): InitOptions {
  return {
    appkey: parameters.get('device') ?? 'computer',
    backend: line,
    service: hosts[parameters.get('host') ?? 'knows']!,
    language: parameters.get('lang') ?? 'en',
  }
}

async function start(options: Partial<InitOptions> = {}): Promise<void> {
  imkit.init({ ...initOptions(), ...options })
  await imkit.connect(tokenOf(userId))
}

// The host's own way into a conversation that no list shows yet.
const contacts = document.querySelector('nav')!
for (const targetId of userIds) {
  const button = document.createElement('button')
  button.textContent = nameOf(targetId)
  button.addEventListener('click', () => imkit.selectConversation(service.privately(targetId)))
  contacts.append(button)
}

imkit.on('error', ({ error, context }) => console.error(`reported: ${context}: ${String(error)}`))

const person = {
  userId,
  kit: imkit,
  backend,
  line,
  asked,
  initOptions,
  start,
  createIMKit,
  tokenOf,
  html,
}

declare global {
  interface Window {
    person: typeof person
  }
}

window.person = person
if (parameters.get('start') !== 'manual') void start()
