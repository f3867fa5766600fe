/**
 * The next row that anybody adds or puts is refused, as a browser does that has no room left.
 * @returns puts it back, for when nothing was written
 */
export function failNextWrite(matches: (value: unknown) => boolean = () => true): () => void {
  const { add, put } = IDBObjectStore.prototype
  const restore = () => Object.assign(IDBObjectStore.prototype, { add, put })
  const fail = (write: typeof add) =>
    function (this: IDBObjectStore, ...row: Parameters<typeof add>): IDBRequest<IDBValidKey> {
      if (!matches(row[0])) return write.apply(this, row)
      restore()
      throw new DOMException('There is no room left.', 'QuotaExceededError')
    }
  Object.assign(IDBObjectStore.prototype, { add: fail(add), put: fail(put) })
  return restore
}
