/** What the companion is told by environment variables. README.md lists them. */
import type { Jwk } from './tokens.js'

export interface Configuration {
  /** Where ejabberd listens for components. */
  service: string
  /** The companion's own address. */
  domain: string
  secret: string
  /** The domain of the users it answers to. */
  host: string
  /** The domain of the rooms. */
  rooms: string
  /** ejabberd's database. */
  database: string
  connections: number
  http: { address: string; port: number } | undefined
  /** Requests a second a user may make, for long; as many at once as in four seconds. */
  rate: number
  /** Bytes of one answer. */
  answerSize: number
  push: PushConfiguration | undefined
  tokens: { key: Jwk; lifetime: number } | undefined
}

export interface PushConfiguration {
  publicKey: string
  privateKey: string
  /** `mailto:` or `https:`, for the services that push. */
  subject: string
  /** Origins that are pushed to; `*` stands for one label. */
  origins: string[]
  /** Whether the text of a message goes with the push. */
  hasContent: boolean
}

type Environment = Readonly<Record<string, string | undefined>>

/** Those of the browsers there are. */
const pushOrigins = [
  'https://fcm.googleapis.com',
  'https://updates.push.services.mozilla.com',
  'https://*.notify.windows.com',
  'https://web.push.apple.com',
  'https://*.push.apple.com',
]

/** What is wrong with the configuration, all of it at once. */
export class ConfigurationError extends Error {
  constructor(readonly problems: readonly string[]) {
    super(`The companion can't start:\n${problems.map((problem) => `- ${problem}`).join('\n')}`)
  }
}

/** @throws ConfigurationError */
export function configurationFrom(environment: Environment): Configuration {
  const settings = new Settings(environment)
  const host = settings.required('COMPANION_HOST', "the users' domain, such as chat.example.org")
  const configuration: Configuration = {
    host,
    service: settings.url('COMPANION_SERVICE', ['xmpp:'], 'xmpp://127.0.0.1:5347'),
    domain: settings.text('COMPANION_DOMAIN') ?? `companion.${host}`,
    secret: settings.required('COMPANION_SECRET', "the password in ejabberd's listener"),
    rooms: settings.text('COMPANION_ROOMS') ?? `rooms.${host}`,
    database: settings.url(
      'COMPANION_DATABASE',
      ['postgres:', 'postgresql:'],
      undefined,
      "ejabberd's database, such as postgresql://user:password@127.0.0.1:5432/ejabberd",
    ),
    connections: settings.number('COMPANION_CONNECTIONS', 10, 1, 1000),
    http: settings.endpoint('COMPANION_HTTP', '127.0.0.1:8081'),
    rate: settings.number('COMPANION_RATE', 20, 1, 10_000),
    answerSize: settings.number('COMPANION_ANSWER_SIZE', 2_097_152, 65_536, 67_108_864),
    push: pushFrom(settings),
    tokens: tokensFrom(settings),
  }
  if (configuration.tokens && !isLoopback(configuration.http?.address)) {
    settings.problems.push(
      'COMPANION_TOKEN_KEY gives everybody any token they ask for: COMPANION_HTTP has to be on 127.0.0.1 with it.',
    )
  }
  if (settings.problems.length > 0) throw new ConfigurationError(settings.problems)
  return configuration
}

function pushFrom(settings: Settings): PushConfiguration | undefined {
  const publicKey = settings.text('COMPANION_VAPID_PUBLIC_KEY')
  const privateKey = settings.text('COMPANION_VAPID_PRIVATE_KEY')
  const subject = settings.text('COMPANION_VAPID_SUBJECT')
  if (!publicKey && !privateKey && !subject) return undefined
  if (!publicKey || !privateKey || !subject) {
    settings.problems.push(
      'Push needs all of COMPANION_VAPID_PUBLIC_KEY, COMPANION_VAPID_PRIVATE_KEY and COMPANION_VAPID_SUBJECT. `npx web-push generate-vapid-keys` makes keys.',
    )
    return undefined
  }
  if (!/^(mailto|https):/.test(subject)) {
    settings.problems.push('COMPANION_VAPID_SUBJECT is a mailto: or https: address.')
  }
  const origins = settings.text('COMPANION_PUSH_ORIGINS')?.split(/[\s,]+/) ?? pushOrigins
  const hasContent = settings.flag('COMPANION_PUSH_CONTENT')
  return { publicKey, privateKey, subject, origins, hasContent }
}

function tokensFrom(settings: Settings): Configuration['tokens'] {
  const text = settings.text('COMPANION_TOKEN_KEY')
  const lifetime = settings.number('COMPANION_TOKEN_LIFETIME', 86_400, 1, 31_536_000)
  if (!text) return undefined
  try {
    const key = JSON.parse(text) as Partial<Jwk>
    if (key.kty === 'oct' && typeof key.k === 'string') return { key: key as Jwk, lifetime }
  } catch {
    // Said below: not JSON is as wrong as another kind of key.
  }
  settings.problems.push('COMPANION_TOKEN_KEY is a JWK: {"kty":"oct","k":"…","alg":"HS256"}.')
  return undefined
}

function isLoopback(address: string | undefined): boolean {
  return address === 'localhost' || address === '::1' || !!address?.startsWith('127.')
}

/** Reads variables and collects what is wrong with them. */
class Settings {
  readonly problems: string[] = []

  constructor(readonly environment: Environment) {}

  text(name: string): string | undefined {
    return this.environment[name]?.trim() || undefined
  }

  required(name: string, what: string): string {
    const value = this.text(name)
    if (!value) this.problems.push(`${name} is missing: ${what}.`)
    return value ?? ''
  }

  url(name: string, schemes: string[], usual?: string, what?: string): string {
    const value = usual === undefined ? this.required(name, what!) : (this.text(name) ?? usual)
    if (value && !(URL.canParse(value) && schemes.includes(new URL(value).protocol))) {
      this.problems.push(`${name} is no address that starts with ${schemes[0]}//.`)
    }
    return value
  }

  number(name: string, usual: number, least: number, most: number): number {
    const text = this.text(name)
    const value = text === undefined ? usual : Number(text)
    if (!Number.isInteger(value) || value < least || value > most) {
      this.problems.push(`${name} is a whole number from ${least} to ${most}, not "${text}".`)
    }
    return value
  }

  flag(name: string): boolean {
    const text = this.text(name)
    if (text !== undefined && text !== 'yes' && text !== 'no') {
      this.problems.push(`${name} is "yes" or "no", not "${text}".`)
    }
    return text === 'yes'
  }

  endpoint(name: string, usual: string): Configuration['http'] {
    const text = this.text(name) ?? usual
    if (text === 'off') return undefined
    const [, address, port] = /^\[?(.*?)\]?:(\d{1,5})$/.exec(text) ?? []
    if (address && Number(port) < 65_536) return { address, port: Number(port) }
    this.problems.push(`${name} is an address and a port such as 127.0.0.1:8081, or "off".`)
    return undefined
  }
}
