/** Waiting for frames. */

/** The time of a frame at 60 a second, in milliseconds. */
export const frameTime = 1000 / 60

/** Resolves in the next animation frame, before its layout, with the frame's time. */
export function frame(): Promise<number> {
  return new Promise((resolve) => requestAnimationFrame(resolve))
}

/** Resolves after the next frame has been drawn: what is read from there on is what was shown. */
export async function drawn(): Promise<number> {
  const time = await frame()
  await task()
  return time
}

function task(): Promise<void> {
  return new Promise((resolve) => {
    const { port1, port2 } = new MessageChannel()
    port1.onmessage = () => {
      port1.close()
      resolve()
    }
    port2.postMessage(undefined)
  })
}

/** Frames in a row that have to come in time. */
const enough = 10
/** Frames after which it is taken as it is. */
const patience = 180

/** Resolves when frames come in time: what was there before, say a page that was closed, is over. */
export async function calm(): Promise<void> {
  let inTime = 0
  let last = await frame()
  for (let at = 0; at < patience && inTime < enough; at++) {
    const time = await frame()
    inTime = time - last > 1.5 * frameTime ? 0 : inTime + 1
    last = time
  }
}
