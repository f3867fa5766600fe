/**
 * What a user sets for a conversation (pin, mute, draft, read position, removal) lives in the
 * backend's key-value store and here. Written here first, sent when there is a connection; of two
 * devices the later one wins, but for read positions, which only ever move forward.
 */
import type { Setting } from '../backends/backend.js'
import type { ConversationRow, SettingRow } from '../database/schema.js'
import {
  conversationOfKey,
  NotificationLevel,
  type Draft,
  type ReadPosition,
} from '../model/conversation.js'
import { isRetryable, IMError } from '../model/errors.js'
import { Changes } from './changes.js'
import { newConversationRow, recount, withListOrder } from './conversation-rows.js'
import type { Scope } from './scope.js'

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
      await database.settings.put({ key, value, version: known?.version ?? 0, dirty: 1 })
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
  const known = await settings.get(setting.key)
  if (known && known.version >= setting.version) return
  if (known?.dirty) {
    // Ours has not been sent yet and is the later one: remember only which version it replaces.
    await settings.put({ ...known, version: setting.version })
    return
  }
  await settings.put({ ...setting, dirty: 0 })
  const split = setting.key.lastIndexOf(':')
  const field = setting.key.slice(split + 1)
  if (split < 0 || !isField(field) || !isValid(field, setting.value)) return
  await applyToConversation(scope, setting.key.slice(0, split), field, setting.value, changes)
}

/** Sends what was set without a connection. Safe to call at any time, from any tab. */
export async function pushSettings(scope: Scope): Promise<void> {
  const session = scope.session()
  if (!session) return
  const dirty = await scope.database.settings.where({ dirty: 1 }).toArray()
  for (const row of dirty) {
    try {
      const stored = await session.settings.set(row.key, row.value)
      await noteStored(scope, row, stored.version)
    } catch (error) {
      if (error instanceof IMError && isRetryable(error.code)) return
      scope.report(error, `saving the setting "${row.key}"`)
    }
  }
}

async function noteStored(scope: Scope, sent: SettingRow, version: number): Promise<void> {
  const { settings } = scope.database
  await scope.database.transaction('rw', settings, async () => {
    const now = await settings.get(sent.key)
    if (!now) return
    const isSame = JSON.stringify(now.value) === JSON.stringify(sent.value)
    await settings.put({
      ...now,
      version: Math.max(version, now.version),
      dirty: isSame ? 0 : 1,
    })
  })
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
      return value === null || typeof record.text === 'string'
    case 'removed':
      return typeof record.at === 'number'
    case 'readPosition':
      return typeof record.order === 'string' && typeof record.sentTime === 'number'
  }
}
