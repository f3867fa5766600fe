/** The first picture of a short video, and how long it is. */
import { drawThumbnail } from '../../src/kit/image-thumbnail.js'

export interface SightFrame {
  /** base64 JPEG, without a `data:` prefix */
  thumbnail: string
  width: number
  height: number
  /** whole seconds, at least one */
  duration: number
}

/** Milliseconds after which a browser will not come to play a file any more. */
const patience = 10_000

/**
 * Undefined when this browser cannot play the file: it can still be sent as a file. The bytes stay
 * in the page; they are read through a `blob:` address that is taken back afterwards.
 */
export async function sightFrame(
  file: Blob,
  signal?: AbortSignal,
): Promise<SightFrame | undefined> {
  const video = document.createElement('video')
  const url = URL.createObjectURL(file)
  const waiting = new AbortController()
  const giveUp = () => waiting.abort()
  const timer = setTimeout(giveUp, patience)
  signal?.addEventListener('abort', giveUp, { signal: waiting.signal })
  try {
    video.muted = true
    video.playsInline = true
    video.preload = 'auto'
    const loaded = happens(video, 'loadeddata', waiting.signal)
    video.src = url
    await loaded
    const duration = await durationOf(video, waiting.signal)
    if (video.videoWidth === 0 || video.videoHeight === 0) return undefined
    return {
      thumbnail: drawThumbnail(video, video.videoWidth, video.videoHeight),
      width: video.videoWidth,
      height: video.videoHeight,
      duration: Math.max(1, Math.round(duration)),
    }
  } catch (error) {
    if (error instanceof UnplayableError) return undefined
    throw error
  } finally {
    clearTimeout(timer)
    giveUp()
    video.removeAttribute('src')
    video.load()
    URL.revokeObjectURL(url)
  }
}

class UnplayableError extends Error {}

/** Recorded live, a file does not say how long it is; its end does. */
async function durationOf(video: HTMLVideoElement, signal: AbortSignal): Promise<number> {
  if (Number.isFinite(video.duration)) return video.duration
  const end = happens(video, 'seeked', signal)
  video.currentTime = Number.MAX_SAFE_INTEGER
  await end
  const duration = Number.isFinite(video.duration) ? video.duration : video.currentTime
  const start = happens(video, 'seeked', signal)
  video.currentTime = 0
  await start
  return duration
}

function happens(video: HTMLVideoElement, event: string, signal: AbortSignal): Promise<void> {
  return new Promise((resolve, reject) => {
    const fail = () => reject(new UnplayableError('This browser cannot play the file.'))
    if (signal.aborted) fail()
    video.addEventListener(event, () => resolve(), { once: true, signal })
    video.addEventListener('error', fail, { once: true, signal })
    signal.addEventListener('abort', fail, { once: true })
  })
}
