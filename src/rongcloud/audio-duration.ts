/** How long a recording is, in seconds; undefined when this browser can't decode it. */
export async function audioDuration(file: Blob): Promise<number | undefined> {
  // Recordings made in a browser do not say how long they are; decoded, they have to.
  const context = new OfflineAudioContext(1, 1, 44_100)
  try {
    return (await context.decodeAudioData(await file.arrayBuffer())).duration
  } catch {
    // It is how a browser says that it does not know the format.
    return undefined
  }
}
