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
