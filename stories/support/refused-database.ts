/** A browser that gives a page no database: in private modes, or because the user said so. */
export const refusedDatabase = {
  indexedDB: {
    databases: () => Promise.resolve([]),
    open: () => {
      throw new DOMException('The user denied permission to access the database.', 'SecurityError')
    },
  } as unknown as IDBFactory,
  IDBKeyRange,
}
