/** What a user missed: replayed if it is little, named if it is much. */
import { ConversationType } from '../../model/conversation.js'
import type { Batch, Cursor } from '../backend.js'
import { isParticipant } from './audience.js'
import { blockListBetween } from './block-list.js'
import type { Participation, ServiceDatabase } from './service-database.js'
import type { Service } from './service.js'
import { settingsBetween } from './settings.js'
import {
  BATCH_SIZE,
  cursorOf,
  isEmpty,
  placeOf,
  readStretch,
  visibleAmong,
  type Stretch,
} from './stream.js'
import { asSeenBy, participationsOf } from './view.js'

/** The port's `catchUp`, for one user. */
export async function* catchUp(
  { database, rules }: Service,
  userId: string,
  cursor: Cursor | undefined,
): AsyncGenerator<Batch> {
  const { epoch } = await database.read(() => database.now())
  let place = placeOf(cursor, epoch)
  if (place === undefined) {
    const state = await readState(database, userId, 0)
    yield state.batch
    place = state.upTo
  } else if ((await missedCount(database, userId, place)) > rules.catchUpLimit) {
    const state = await readState(database, userId, place)
    yield* skipTo(database, userId, place, state)
    place = state.upTo
  }
  yield* replay(database, userId, place)
}

/** Everything behind a number. Long stretches of what others said to others move the cursor at the end. */
async function* replay(
  database: ServiceDatabase,
  userId: string,
  after: number,
): AsyncGenerator<Batch> {
  let place = after
  let skipped: Batch | undefined
  for (;;) {
    const stretch = await readStretch(database, userId, place)
    if (!stretch) break
    place = stretch.upTo
    skipped = isEmpty(stretch.batch) ? stretch.batch : undefined
    if (!skipped) yield stretch.batch
  }
  if (skipped) yield skipped
}

/** The state as it is, and all operations on the way there. The cursor moves with the last batch. */
async function* skipTo(
  database: ServiceDatabase,
  userId: string,
  after: number,
  state: Stretch,
): AsyncGenerator<Batch> {
  const { epoch } = await database.read(() => database.now())
  const stay = cursorOf(epoch, after)
  let operations = await readOperations(database, userId, after, state.upTo)
  const arrive = () => (operations.next === undefined ? state.batch.cursor : stay)
  yield { ...state.batch, ...operations.batch, cursor: arrive() }
  while (operations.next !== undefined) {
    operations = await readOperations(database, userId, operations.next, state.upTo)
    yield { ...operations.batch, cursor: arrive() }
  }
}

/** Shown messages in a user's conversations behind a number, some maybe meant for others. */
function missedCount(database: ServiceDatabase, userId: string, after: number): Promise<number> {
  return database.read(async () => {
    let count = 0
    for (const { archive } of await activeSince(database, userId, after)) {
      count += await database.log
        .where('[archive+kind+seq]')
        .between([archive, 'message', after], [archive, 'message', Infinity], false)
        .count()
    }
    return count
  })
}

/**
 * Everything as it stands, for a device that does not get the messages themselves: settings
 * changed behind a number, the groups, and which conversations hold messages behind it.
 * @param after 0: a device that has seen nothing, to which what is gone is no news
 */
function readState(database: ServiceDatabase, userId: string, after: number): Promise<Stretch> {
  return database.read(async () => {
    const { seq, epoch } = await database.now()
    const isNewDevice = after === 0
    const settings = await settingsBetween(database, userId, after, seq)
    const groups = (await participationsOf(database, userId)).filter(isGroup)
    const active = await activeSince(database, userId, after)
    const batch: Batch = {
      messages: [],
      settings: settings.filter(({ value }) => !isNewDevice || value !== null),
      ...(await blockListBetween(database, userId, after, seq)),
      groups: groups
        .map((row) => ({ groupId: row.conversation.targetId, isMember: isParticipant(row) }))
        .filter(({ isMember }) => !isNewDevice || isMember),
      gaps: active.filter(isParticipant).map(({ conversation }) => conversation),
      cursor: cursorOf(epoch, seq),
    }
    return { batch, upTo: seq }
  })
}

/** A user's operations behind one number and up to another: they may concern any older message. */
function readOperations(
  database: ServiceDatabase,
  userId: string,
  after: number,
  upTo: number,
): Promise<{ batch: Pick<Batch, 'messages'>; next: number | undefined }> {
  return database.read(async () => {
    const kinds = await Promise.all(
      ['operation', 'receipt'].map((kind) =>
        database.log
          .where('[kind+seq]')
          .between([kind, after], [kind, upTo], false, true)
          .limit(BATCH_SIZE)
          .toArray(),
      ),
    )
    const entries = kinds
      .flat()
      .sort((one, other) => one.seq - other.seq)
      .slice(0, BATCH_SIZE)
    const visible = await visibleAmong(database, userId, entries)
    return {
      batch: {
        messages: asSeenBy(
          userId,
          visible.map(({ entry }) => entry),
        ),
      },
      next: entries.length < BATCH_SIZE ? undefined : entries.at(-1)!.seq,
    }
  })
}

/** Conversations of a user with shown messages behind a number. */
async function activeSince(
  database: ServiceDatabase,
  userId: string,
  after: number,
): Promise<Participation[]> {
  const participations = await participationsOf(database, userId)
  const archives = await database.archives.bulkGet(participations.map(({ archive }) => archive))
  return participations.filter((_, index) => (archives[index]?.lastSeq ?? 0) > after)
}

const isGroup = ({ conversation }: Participation): boolean =>
  conversation.conversationType === ConversationType.GROUP
