/** Milliseconds after which what waits for a frame goes on without one: the page may be hidden. */
const longestWait = 100

/** Runs a function once before the next frame is drawn. Gives what cancels it. */
export function nextFrame(run: () => void): () => void {
  // Without frames, in Node or a worker, soon is soon enough.
  const hasFrames = 'requestAnimationFrame' in globalThis
  const once = () => {
    cancel()
    run()
  }
  const timer = setTimeout(once, hasFrames ? longestWait : 0)
  const frame = hasFrames ? requestAnimationFrame(once) : 0
  const cancel = () => {
    clearTimeout(timer)
    if (hasFrames) cancelAnimationFrame(frame)
  }
  return cancel
}
