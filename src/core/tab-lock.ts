/** One of a user's tabs at a time. A lock ends with its tab, however that ends. */
export async function withLock(name: string, run: () => Promise<void>): Promise<void> {
  const locks = (globalThis.navigator as Navigator | undefined)?.locks
  // Without Web Locks (Node, insecure pages) there is one tab, or two that send some things twice,
  // which a backend takes as once.
  if (!locks) return run()
  await locks.request(name, run)
}
