/** How large a picture is drawn in a bubble, in em. */

export interface PictureSize {
  width: number
  height: number
}

/** Pixels of a picture that make one em. */
const pixelsPerEm = 16
const largest: PictureSize = { width: 17.5, height: 20 }
const smallest: PictureSize = { width: 5, height: 3.5 }

/** Where nothing is known. */
export const unknownPictureSize: PictureSize = { width: 12.5, height: 9.5 }

/**
 * Keeps the proportions, within bounds; what is very long or very flat is cut.
 * @param isThumbnail the picture itself is larger than this: draw it as large as there is room
 */
export function pictureSize(natural: PictureSize, isThumbnail = false): PictureSize {
  const { width, height } = natural
  const room = Math.min(largest.width / width, largest.height / height)
  const scale = isThumbnail ? room : Math.min(room, 1 / pixelsPerEm)
  return {
    width: Math.min(Math.max(width * scale, smallest.width), largest.width),
    height: Math.min(Math.max(height * scale, smallest.height), largest.height),
  }
}
