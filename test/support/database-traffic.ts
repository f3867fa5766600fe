/**
 * Counts the transactions that a piece of work begins on this page, and the rows it asks for one by one. Imported before a database is
 * opened: Dexie keeps the browser's function from then on.
 */
const begun: IDBTransactionMode[] = []
const begin = IDBDatabase.prototype.transaction

IDBDatabase.prototype.transaction = function (this: IDBDatabase, ...values) {
  const transaction = begin.apply(this, values)
  begun.push(transaction.mode)
  return transaction
}

export async function transactionsOf(
  work: () => Promise<unknown>,
  mode?: IDBTransactionMode,
): Promise<number> {
  const before = begun.length
  await work()
  return begun.slice(before).filter((one) => !mode || one === mode).length
}

let steps = 0
const step = IDBCursor.prototype.continue

IDBCursor.prototype.continue = function (this: IDBCursor, ...values) {
  steps += 1
  step.apply(this, values)
}

/** How often a piece of work asks for the next row alone. */
export async function cursorStepsOf(work: () => Promise<unknown>): Promise<number> {
  const before = steps
  await work()
  return steps - before
}
