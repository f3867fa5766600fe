/**
 * What a user sets for a conversation (pin, mute, draft, read position, removal) lives in the
 * backend's key-value store and here. Written here first, sent when there is a connection; of two
 * devices the later one wins, but for read positions, which only ever move forward.
 */
import type { Setting } from '../backends/backend.js'
import type { ConversationRow, SettingRow } from '../database/schema.js'
import {
  conversationKey as keyOf,
  conversationOfKey,
  ConversationType,
  isDraft,
  NotificationLevel,
  type Draft,
  type ReadPosition,
} from '../model/conversation.js'
import { isRetryable, IMError } from '../model/errors.js'
import { Changes } from './changes.js'
import { newConversationRow, recount, withListOrder } from './conversation-rows.js'
import type { Scope } from './scope.js'
import { withLock } from './tab-lock.js'

/** What can be set for a conversation, and the shape of each value. */
export interface ConversationSettings {
  top: boolean
  level: NotificationLevel
  draft: Draft | null
  readPosition: ReadPosition
  /** Taken out of the list at this server time (Unix ms); newer messages bring it back. */
  removed: { at: number }
}

export type ConversationField = keyof ConversationSettings

/** The key of a setting in the backend's store: `<conversation key>:<field>`. */
export function settingKey(conversationKey: string, field: ConversationField): string {
  return `${conversationKey}:${field}`
}

/** Sets a value for a conversation: here at once, on the other devices when they hear of it. */
export async function setForConversation<Field extends ConversationField>(
  scope: Scope,
  conversationKey: string,
  field: Field,
  value: ConversationSettings[Field],
): Promise<void> {
  const { database } = scope
  const changes = new Changes()
  await database.transaction(
    'rw',
    [database.settings, database.conversations, database.messages],
    async () => {
      const key = settingKey(conversationKey, field)
      const known = await database.settings.get(key)
      const row: SettingRow = { version: 0, ...known, key, value, dirty: 1 }
      if (known && isBehind(row, known)) return
      await database.settings.put(row)
      await applyToConversation(scope, conversationKey, field, value, changes)
    },
  )
  scope.publish(changes)
  await pushSettings(scope)
}

/** Takes over a setting that came from the backend. Inside a transaction. */
export async function applySetting(
  scope: Scope,
  setting: Setting,
  changes: Changes,
): Promise<void> {
  const { settings } = scope.database
  const { key, value, version } = setting
  const known = await settings.get(key)
  if (known && (known.theirs ?? known).version >= version) return
  if (known?.dirty && !isBehind(known, setting)) {
    // Ours is on its way, and the later one unless the server had it before theirs.
    await settings.put({ ...known, theirs: { value, version } })
    return
  }
  await settings.put({ key, value, version, dirty: 0 })
  const place = placeOf(key)
  if (!place || !isValid(place.field, value)) return
  await applyToConversation(scope, place.conversationKey, place.field, value, changes)
}

/** Of two read positions the one further on is right, whichever was set later. */
function isBehind(ours: SettingRow, theirs: Setting): boolean {
  if (placeOf(ours.key)?.field !== 'readPosition' || !isValid('readPosition', theirs.value)) {
    return false
  }
  return (ours.value as ReadPosition).order <= (theirs.value as ReadPosition).order
}

/** Sends what was set without a connection. Safe to call at any time, from any tab. */
export async function pushSettings(scope: Scope): Promise<void> {
  if (!scope.session()) return
  try {
    // Two at a time could overtake each other, and the former value win.
    await withLock(`${scope.database.name}/settings`, () => pushOneByOne(scope))
  } catch (error) {
    // Logged out meanwhile: what is still dirty is sent the next time.
    if (scope.database.isOpen()) throw error
  }
}

async function pushOneByOne(scope: Scope): Promise<void> {
  const refused = new Set<string>()
  for (;;) {
    const session = scope.session()
    const dirty = scope.database.settings.where({ dirty: 1 })
    const row = await dirty.filter(({ key }) => !refused.has(key)).first()
    if (!session || !row) return
    try {
      const stored = await session.settings.set(row.key, row.value)
      await noteStored(scope, row, stored.version)
    } catch (error) {
      if (!scope.database.isOpen()) return
      if (error instanceof IMError && isRetryable(error.code)) return
      refused.add(row.key)
      scope.report(error, `saving the setting "${row.key}"`)
    }
  }
}

/** Ours is on the server; what another device has set after it counts. */
async function noteStored(scope: Scope, sent: SettingRow, version: number): Promise<void> {
  const { settings, conversations, messages } = scope.database
  const changes = new Changes()
  await scope.database.transaction('rw', [settings, conversations, messages], async () => {
    const now = await settings.get(sent.key)
    if (!now?.dirty) return
    const { theirs, ...ours } = now
    const isSame = JSON.stringify(ours.value) === JSON.stringify(sent.value)
    await settings.put({ ...ours, version, dirty: isSame ? 0 : 1 })
    if (theirs) await applySetting(scope, { key: sent.key, ...theirs }, changes)
  })
  scope.publish(changes)
}

async function applyToConversation(
  scope: Scope,
  conversationKey: string,
  field: ConversationField,
  value: unknown,
  changes: Changes,
): Promise<void> {
  const { conversations } = scope.database
  const before =
    (await conversations.get(conversationKey)) ??
    newConversationRow(conversationOfKey(conversationKey))
  const after = await withSetting(scope, before, field, value)
  if (after === before) return
  await conversations.put(withListOrder(after))
  changes.conversation(conversationKey)
}

async function withSetting(
  scope: Scope,
  row: ConversationRow,
  field: ConversationField,
  value: unknown,
): Promise<ConversationRow> {
  switch (field) {
    case 'top':
      return { ...row, isTop: value as boolean }
    case 'level':
      return { ...row, notificationLevel: value as NotificationLevel }
    case 'draft': {
      const { draft: _, ...rest } = row
      return value === null ? rest : { ...rest, draft: value as Draft }
    }
    case 'removed':
      return { ...row, removedAt: (value as { at: number }).at }
    case 'readPosition': {
      const position = value as ReadPosition
      if (position.order <= (row.readPosition?.order ?? '')) return row
      return recount(scope.database, { ...row, readPosition: position }, scope.userId)
    }
  }
}

/** The conversation and field a key is about; undefined for keys that are not ours. */
function placeOf(key: string): { conversationKey: string; field: ConversationField } | undefined {
  const split = key.lastIndexOf(':')
  const conversationKey = key.slice(0, Math.max(0, split))
  const field = key.slice(split + 1)
  const conversation = conversationOfKey(conversationKey)
  const isConversation =
    conversation.conversationType in ConversationType && keyOf(conversation) === conversationKey
  return isConversation && isField(field) ? { conversationKey, field } : undefined
}

function isField(field: string): field is ConversationField {
  return ['top', 'level', 'draft', 'readPosition', 'removed'].includes(field)
}

/** Settings come from the user's own devices, but from any version of the page. */
function isValid(field: ConversationField, value: unknown): boolean {
  const record = (value ?? {}) as Record<string, unknown>
  switch (field) {
    case 'top':
      return typeof value === 'boolean'
    case 'level':
      return typeof value === 'number' && value in NotificationLevel
    case 'draft':
      return value === null || isDraft(value)
    case 'removed':
      return typeof record.at === 'number'
    case 'readPosition':
      return typeof record.order === 'string' && typeof record.sentTime === 'number'
  }
}
