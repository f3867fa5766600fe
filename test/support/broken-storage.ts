/**
 * The next row that anybody asks for by this key is refused, as a browser does whose storage is broken.
 * @returns puts it back, for when nothing was asked for
 */
export function failNextRead(key: IDBValidKey): () => void {
  const { get } = IDBObjectStore.prototype
  const restore = () => Object.assign(IDBObjectStore.prototype, { get })
  const fail = function (this: IDBObjectStore, ...query: Parameters<typeof get>): IDBRequest {
    if (query[0] !== key) return get.apply(this, query)
    restore()
    throw new DOMException('The storage is broken.', 'UnknownError')
  }
  Object.assign(IDBObjectStore.prototype, { get: fail })
  return restore
}
