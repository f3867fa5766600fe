/** What is stored of a user and what waits, for those who look for a fault. Loaded when asked for. */
import type { Scope } from './scope.js'

export interface Diagnosis {
  /** Rows by table. */
  tables: Record<string, number>
  /** On its way out, oldest first. */
  outbox: WaitingToSend[]
  /** Settings changed here that the backend does not have yet. */
  unsentSettings: number
}

export interface WaitingToSend {
  conversationKey: string
  messageUId: string
  /** The object name, if it is an operation on another message. */
  operation?: string
  isUploading: boolean
  /** Its upload was refused: it stays until it is sent again. */
  isRefused: boolean
}

export async function diagnose({ database }: Scope): Promise<Diagnosis> {
  const counts = database.tables.map(async (table) => [table.name, await table.count()] as const)
  const [tables, rows, unsentSettings] = await Promise.all([
    Promise.all(counts),
    database.outbox.toArray(),
    database.settings.where('dirty').equals(1).count(),
  ])
  const outbox = rows.map(
    ({ conversationKey, messageUId, operation, upload, isRefused = false }) => ({
      conversationKey,
      messageUId,
      ...(operation && { operation: operation.messageType }),
      isUploading: upload !== undefined,
      isRefused,
    }),
  )
  return { tables: Object.fromEntries(tables), outbox, unsentSettings }
}
