/** Milliseconds: nearly as long as a test may take, since the machine may be busy. */
const patience = 25_000
const interval = 10

/**
 * Waits until something is the case. Unlike the `waitUntil` of @open-wc/testing it keeps nothing of
 * what it waited for once that has come, so that a test can see it collected as garbage.
 *
 * @param what is named when it does not come
 */
export async function eventually(check: () => unknown, what = check.toString()): Promise<void> {
  const end = performance.now() + patience
  while (!(await check())) {
    if (performance.now() > end) throw new Error(`Waited in vain for: ${what}`)
    await new Promise((resolve) => setTimeout(resolve, interval))
  }
}
