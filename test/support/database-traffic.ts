/**
 * Counts the transactions that a piece of work begins on this page. Imported before a database is
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
