/** Where the browsers of users want to be pushed to (Push API, RFC 8030). */
import { randomBytes } from 'node:crypto'
import { xml, type Element } from '@xmpp/component'
import type { Database } from './database.js'
import { namespace, Refusal, type Request } from './request.js'

export interface PushSubscription {
  id: number
  address: string
  endpoint: string
  p256dh: string
  auth: string
}

/** Of one user; the oldest one goes when there are more. */
const mostSubscriptions = 20

export class PushSubscriptions {
  readonly #origins: RegExp[]

  /** @param origins that may be pushed to: users say where, and may not send us anywhere */
  constructor(
    readonly database: Database,
    readonly publicKey: string,
    origins: readonly string[],
  ) {
    this.#origins = origins.map(originPattern)
  }

  /** `<push-key/>`: what a browser needs to subscribe. */
  async key(): Promise<Element> {
    return xml('push-key', { xmlns: namespace }, this.publicKey)
  }

  /**
   * `<push-subscribe endpoint='…' p256dh='…' auth='…'/>` gives `<push-subscribe node='…'/>`: the client
   * then enables pushes to that node (XEP-0357). ejabberd takes one node of a session, so all browsers
   * subscribed in it have the same.
   */
  async subscribe(request: Request): Promise<Element> {
    const endpoint = request.id('endpoint')
    if (!this.mayPushTo(endpoint)) {
      throw new Refusal('not-acceptable', 'Nothing is pushed to that address.')
    }
    const [p256dh, auth] = [keyIn(request, 'p256dh', 65), keyIn(request, 'auth', 16)]
    const { address } = request.user
    const newNode = randomBytes(24).toString('base64url')
    const node = await this.database.transaction(async (query) => {
      // Two at a time would find no node of the session, and make two.
      await query('select pg_advisory_xact_lock(hashtext($1))', [address])
      const [row] = (await query(
        `with known as (
           select node from companion.push_subscription
           where address = $2 and (session = $6 or endpoint = $3)
           order by session = $6 desc nulls last limit 1
         )
         insert into companion.push_subscription (node, address, endpoint, p256dh, auth, session)
         values (coalesce((select node from known), $1), $2, $3, $4, $5, $6)
         on conflict (address, endpoint) do update
           set node = excluded.node, p256dh = excluded.p256dh, auth = excluded.auth,
             session = excluded.session, created_at = now()
         returning node`,
        [newNode, address, endpoint, p256dh, auth, request.session],
      )) as [{ node: string }]
      await query(
        `delete from companion.push_subscription where id in (
           select id from companion.push_subscription where address = $1
           order by created_at desc offset $2)`,
        [address, mostSubscriptions],
      )
      return row.node
    })
    return xml('push-subscribe', { xmlns: namespace, node })
  }

  /** `<push-unsubscribe endpoint='…'/>`: of this user's own ones. */
  async unsubscribe(request: Request): Promise<Element> {
    await this.database.rows(
      'delete from companion.push_subscription where address = $1 and endpoint = $2',
      [request.user.address, request.id('endpoint')],
    )
    return xml('push-unsubscribe', { xmlns: namespace })
  }

  /** Those a node stands for. Nobody but its user and the server knows the node. */
  async of(node: string): Promise<number[]> {
    const rows = await this.database.rows<{ id: number }>(
      'select id from companion.push_subscription where node = $1',
      [node],
    )
    return rows.map(({ id }) => id)
  }

  async read(id: number): Promise<PushSubscription | undefined> {
    return this.database.row<PushSubscription>(
      'select id, address, endpoint, p256dh, auth from companion.push_subscription where id = $1',
      [id],
    )
  }

  async remove(id: number): Promise<void> {
    await this.database.rows('delete from companion.push_subscription where id = $1', [id])
  }

  mayPushTo(endpoint: string): boolean {
    if (!URL.canParse(endpoint)) return false
    const { origin, username, password } = new URL(endpoint)
    return !username && !password && this.#origins.some((pattern) => pattern.test(origin))
  }
}

/** A key in base64url. @throws Refusal bad-request */
function keyIn(request: Request, name: string, length: number): string {
  const text = request.id(name)
  if (/^[\w-]+=*$/.test(text) && Buffer.from(text, 'base64url').length === length) return text
  throw new Refusal('bad-request', `"${name}" is no key of ${length} bytes.`)
}

/** `https://*.example.org`: one label in place of the star. */
function originPattern(origin: string): RegExp {
  const [before = '', ...after] = origin
    .split('*')
    .map((part) => part.replace(/[.\\/+?^${}()|[\]]/g, '\\$&'))
  return new RegExp(`^${[before, ...after].join('[a-z0-9-]+')}$`)
}
