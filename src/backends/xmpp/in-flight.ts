/** Questions that may be under way at once: enough to fill the line, too few to flood a server. */
const MOST_AT_ONCE = 40

/** Answers in the order of the items, however they come. The first failure ends it. */
export async function inFlight<Item, Answer>(
  items: readonly Item[],
  ask: (item: Item) => Promise<Answer>,
): Promise<Answer[]> {
  const answers = new Array<Answer>(items.length)
  const waiting = items.entries()
  const work = async () => {
    for (const [index, item] of waiting) answers[index] = await ask(item)
  }
  await Promise.all(Array.from({ length: Math.min(MOST_AT_ONCE, items.length) }, work))
  return answers
}
