/**
 * Reads what a backend hands out while what came before is being stored: the two need not wait for
 * each other, and what has come meanwhile goes into the database together.
 */
import type { Batch } from '../backends/backend.js'

/**
 * The batches, in order, as many at a time as have come: a fast backend fills large lots, and what
 * a slow one gives need not wait. A failure comes after what was read before it.
 * @param most messages that may wait until no more are asked for
 */
export async function* readAhead(
  source: AsyncIterable<Batch>,
  most: number,
): AsyncGenerator<Batch[]> {
  let waiting: Batch[] = []
  let isOver = false
  let isStopped = false
  let failure: { error: unknown } | undefined
  let cameOn: () => void = () => undefined
  let wasTaken: () => void = () => undefined

  const read = async () => {
    let count = 0
    for await (const batch of source) {
      if (isStopped) return
      if (!waiting.length) count = 0
      waiting.push(batch)
      count += batch.messages.length
      cameOn()
      if (count >= most) await new Promise<void>((done) => (wasTaken = done))
    }
  }
  void read()
    .catch((error: unknown) => (failure = { error }))
    .finally(() => {
      isOver = true
      cameOn()
    })

  try {
    for (;;) {
      if (!waiting.length && !isOver) await new Promise<void>((done) => (cameOn = done))
      if (waiting.length) {
        const batches = waiting
        waiting = []
        wasTaken()
        yield batches
      } else if (isOver) {
        if (failure) throw failure.error
        return
      }
    }
  } finally {
    isStopped = true
    wasTaken()
  }
}
