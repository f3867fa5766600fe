/** What is heard when a message comes. */

/** Browsers refuse sound until the user has touched the page: then nothing is heard. */
const refusal = 'NotAllowedError'

/** @param url of a sound; without one a short tone that needs no file */
export async function playSound(url?: string): Promise<void> {
  try {
    if (url === undefined) await playTone()
    else await new Audio(url).play()
  } catch (error) {
    if ((error as Error | undefined)?.name !== refusal) throw error
  }
}

/** Two notes of a fifth, in a fifth of a second. */
async function playTone(): Promise<void> {
  const context = new AudioContext()
  if (context.state !== 'running') return context.close()
  const volume = new GainNode(context, { gain: 0.1 })
  const tone = new OscillatorNode(context, { frequency: 587 })
  const start = context.currentTime
  tone.frequency.setValueAtTime(880, start + 0.1)
  volume.gain.setTargetAtTime(0, start + 0.1, 0.05)
  tone.connect(volume).connect(context.destination)
  tone.start(start)
  tone.stop(start + 0.3)
  await new Promise((ended) => tone.addEventListener('ended', ended, { once: true }))
  await context.close()
}
