/** The small picture that travels inside an image message, and how large the real one is. */

export interface ImageThumbnail {
  /** base64 JPEG, without a `data:` prefix */
  thumbnail: string
  /** of the image itself, in pixels, as it is seen (turned if its file says so) */
  width: number
  height: number
}

/** The documented cap, in characters of base64: a thumbnail travels with every copy of its message. */
const thumbnailLength = 10_000

/** Pixels of the longer side and JPEG quality, from the best to what always is small enough. */
const attempts = [
  [240, 0.8],
  [240, 0.6],
  [200, 0.5],
  [160, 0.4],
  [96, 0.3],
] as const

/** Undefined when this browser cannot read the file as an image: it can still be sent as a file. */
export async function imageThumbnail(file: Blob): Promise<ImageThumbnail | undefined> {
  let image: ImageBitmap
  try {
    image = await createImageBitmap(file)
  } catch {
    // It is how a browser says that it does not know the format.
    return undefined
  }
  const { width, height } = image
  const thumbnail = drawThumbnail(image, width, height)
  image.close()
  return { thumbnail, width, height }
}

/** A picture or a video's frame as base64 JPEG, on white where it is transparent. */
export function drawThumbnail(source: CanvasImageSource, width: number, height: number): string {
  let picture = ''
  for (const [side, quality] of attempts) {
    const scale = Math.min(1, side / Math.max(width, height))
    picture = draw(source, width * scale, height * scale).toDataURL('image/jpeg', quality)
    if (picture.length <= thumbnailLength) break
  }
  return picture.slice(picture.indexOf(',') + 1)
}

function draw(source: CanvasImageSource, width: number, height: number): HTMLCanvasElement {
  const canvas = document.createElement('canvas')
  canvas.width = Math.max(1, Math.round(width))
  canvas.height = Math.max(1, Math.round(height))
  const context = canvas.getContext('2d')!
  context.fillStyle = '#fff'
  context.fillRect(0, 0, canvas.width, canvas.height)
  context.drawImage(source, 0, 0, canvas.width, canvas.height)
  return canvas
}
