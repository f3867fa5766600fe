/**
 * A lock nobody else wants, as a sign of life: who waits for it learns when its tab is gone.
 * @returns gives it up
 */
export function holdLock(name: string): Promise<() => void> {
  return new Promise((resolve, reject) => {
    const hold = () => new Promise<void>((release) => resolve(release))
    navigator.locks.request(name, hold).catch(reject)
  })
}
