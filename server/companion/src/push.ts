/** Tells the browsers of users who are away that there is something new. */
import { setTimeout } from 'node:timers/promises'
import webPush from 'web-push'
import { conversationOf, userOf, type User } from './addresses.js'
import type { Archives } from './archives.js'
import { isSeenBy } from './archived-messages.js'
import type { PushConfiguration } from './configuration.js'
import type { Database } from './database.js'
import type { Log } from './log.js'
import { anywhere } from './room-presence.js'
import type { PushSubscription, PushSubscriptions } from './push-subscriptions.js'
import { notificationLevels, type Settings } from './settings.js'

/** Microseconds: what is older when ejabberd calls was not the reason. */
const longestDelay = 60_000_000

/** Milliseconds between looks into the archive. */
const delays = [50, 200, 1_000]

/** Of what came at once, the newest are looked at. */
const mostNews = 50

/** Characters of a message in a push: it has 4 KB in all. */
const longestText = 200

/** Seconds a push service keeps it for a browser that is not running. */
const timeToLive = 86_400

/** Milliseconds a push service has to answer. */
const patience = 10_000

interface News {
  archive_row: number
  owner: string
  conversation: string
  sender: string
  place: number
  mentioned: string[] | null
}

/** What the service worker gets. Nobody on the way can read it (RFC 8291). */
export interface PushPayload {
  conversationType: number
  targetId: string
  senderUserId: string
  /** Conversations besides this one that have something new. */
  more: number
  /** The first words, if the companion is told to send them. */
  text?: string
}

export class Push {
  readonly #running = new Map<number, Promise<void>>()

  constructor(
    readonly database: Database,
    readonly archives: Archives,
    readonly settings: Settings,
    readonly subscriptions: PushSubscriptions,
    readonly configuration: PushConfiguration,
    readonly log: Log,
    readonly now: () => number = Date.now,
  ) {}

  /**
   * ejabberd says that something came for a user who is away: before it is archived, or after.
   * false: nobody has that node any more.
   */
  async notify(node: string): Promise<boolean> {
    const ids = await this.subscriptions.of(node)
    await Promise.all(ids.map((id) => this.#inTurn(id, (user) => this.#newsSoon(user, id))))
    return ids.length > 0
  }

  /** Something was said in a group: tells those of its members who are not there. */
  async notifyGroup(room: string): Promise<void> {
    const away = await this.database.rows<{ id: number }>(
      `select subscription.id from companion.push_subscription as subscription
       join muc_room_subscribers as member on member.jid = subscription.address
       where member.room = split_part($1, '@', 1) and member.host = split_part($1, '@', 2)
         and not exists (
           select from companion.room_session as session
           where session.room = $2 and session.address = subscription.address
         )`,
      [room, anywhere],
    )
    for (const { id } of away) await this.#inTurn(id, (user) => this.#news(user, id))
  }

  /** Two at a time would push the same message twice. */
  async #inTurn(id: number, news: (user: User) => Promise<News[]>): Promise<void> {
    const before = this.#running.get(id) ?? Promise.resolve()
    const running = before.catch(() => undefined).then(() => this.#tell(id, news))
    this.#running.set(id, running)
    try {
      await running
    } finally {
      if (this.#running.get(id) === running) this.#running.delete(id)
    }
  }

  async #tell(id: number, find: (user: User) => Promise<News[]>): Promise<void> {
    const subscription = await this.subscriptions.read(id)
    if (!subscription) return this.log('push to nobody')
    const user = userOf(subscription.address)
    const news = await this.#unmuted(user, await find(user))
    const [newest] = news
    if (!newest) return this.log('nothing to push', { user: user.address })
    await this.#send(subscription, await this.#payload(newest, news))
  }

  /** Looks more than once, since what came may not be archived yet. */
  async #newsSoon(user: User, id: number): Promise<News[]> {
    for (const delay of delays) {
      const news = await this.#news(user, id)
      if (news.length > 0) return news
      await setTimeout(delay)
    }
    return this.#news(user, id)
  }

  /** What has come since this browser was told the last time, newest first. */
  async #news(user: User, id: number): Promise<News[]> {
    const groups = await this.archives.roomsOf(user)
    const since = this.now() * 1000 - longestDelay
    return this.database.rows<News>(
      `with told as (
         select coalesce(max(place), 0) as place from companion.pushed where subscription = $1
       ), news as (
         select found.* from unnest($5::text[], $6::bigint[]) as archive (owner, joined), told
         cross join lateral (
           select archive_row, owner, conversation, sender, place, mentioned from companion.message
           where message.server_host = $2 and message.owner = archive.owner
             and message.kind = 'message' and message.is_counted and message.sender <> $3
             and message.place > greatest(told.place, archive.joined, $7)
             and ${isSeenBy('$3', '$4')}
           order by message.place desc limit ${mostNews}
         ) as found
       ), noted as (
         insert into companion.pushed (subscription, place)
         select $1, max(place) from news having max(place) is not null
         on conflict (subscription) do update set place = greatest(pushed.place, excluded.place)
       )
       select * from news order by place desc limit ${mostNews}`,
      [
        id,
        this.archives.host,
        user.address,
        user.id,
        [user.name, ...groups.map(({ conversation }) => conversation)],
        [0, ...groups.map(({ joined }) => joined)],
        since,
      ],
    )
  }

  async #unmuted(user: User, news: readonly News[]): Promise<News[]> {
    const levels = new Map<string, number>()
    for (const conversation of new Set(news.map((it) => it.conversation))) {
      levels.set(conversation, await this.settings.notificationLevel(user.address, conversation))
    }
    return news.filter((it) => isWanted(levels.get(it.conversation) ?? 0, it.mentioned ?? [], user))
  }

  async #payload(newest: News, news: readonly News[]): Promise<PushPayload> {
    const text = this.configuration.hasContent ? await this.#textOf(newest) : undefined
    return {
      ...conversationOf(newest.conversation, this.archives.rooms),
      senderUserId: userOf(newest.sender).id,
      more: new Set(news.map((it) => it.conversation)).size - 1,
      ...(text && { text }),
    }
  }

  /** What other programs show of a message. */
  async #textOf({ owner, place, archive_row }: News): Promise<string | undefined> {
    const row = await this.database.row<{ text: string }>(
      `select left(txt, ${longestText}) as text from archive
       where server_host = $1 and username = $2 and timestamp = $3 and id = $4`,
      [this.archives.host, owner, place, archive_row],
    )
    return row?.text
  }

  async #send(
    { id, address, endpoint, p256dh, auth }: PushSubscription,
    payload: PushPayload,
  ): Promise<void> {
    const { publicKey, privateKey, subject } = this.configuration
    const { headers, body } = webPush.generateRequestDetails(
      { endpoint, keys: { p256dh, auth } },
      JSON.stringify(payload),
      { TTL: timeToLive, vapidDetails: { publicKey, privateKey, subject } },
    )
    const response = await fetch(endpoint, {
      method: 'POST',
      headers: headers as Record<string, string>,
      body: body as Buffer,
      redirect: 'error',
      signal: AbortSignal.timeout(patience),
    }).catch((error: unknown) => this.log('push failed', { user: address, error }))
    if (!response) return
    await response.body?.cancel()
    // RFC 8030, 7.3: the subscription is no more.
    if (response.status === 404 || response.status === 410) await this.subscriptions.remove(id)
    this.log('pushed', { user: address, status: response.status })
  }
}

function isWanted(level: number, mentioned: readonly string[], user: User): boolean {
  const isOfMe = mentioned.includes(user.id)
  const isOfAll = mentioned.includes('*')
  switch (level) {
    case notificationLevels.nothing:
      return false
    case notificationLevels.mentions:
      return isOfMe || isOfAll
    case notificationLevels.mentionsOfMe:
      return isOfMe
    case notificationLevels.mentionsOfAll:
      return isOfAll
    default:
      return true
  }
}
