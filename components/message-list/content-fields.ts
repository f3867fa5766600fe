/**
 * Reads single fields of a message's content. Contents come from other people's clients: a field
 * may be missing or of any type, and what is not of the expected one counts as missing.
 */

export function textOf(value: unknown): string {
  return typeof value === 'string' ? value : ''
}

/** A finite number of at least 0, or undefined. */
export function amountOf(value: unknown): number | undefined {
  return typeof value === 'number' && Number.isFinite(value) && value >= 0 ? value : undefined
}

const base64 = /^[A-Za-z0-9+/]+={0,2}$/

/** Longer thumbnails than this are not drawn; the documents ask for at most 10,000 characters. */
const THUMBNAIL_LENGTH = 120_000

/** The address of a base64 thumbnail, if it is one; some clients put a `data:` prefix before it. */
export function thumbnailUrl(content: unknown): string | undefined {
  const text = textOf(content).replace(/^data:image\/(?:png|jpe?g|gif|webp);base64,/, '')
  if (text.length < 16 || text.length > THUMBNAIL_LENGTH) return undefined
  const compact = text.replace(/[\r\n]/g, '')
  if (!base64.test(compact)) return undefined
  return `data:image/${imageType(compact)};base64,${compact}`
}

/** By the first bytes, as base64 shows them. */
function imageType(text: string): string {
  if (text.startsWith('iVBOR')) return 'png'
  if (text.startsWith('R0lGOD')) return 'gif'
  return text.startsWith('UklGR') ? 'webp' : 'jpeg'
}

/** Width and height in pixels, if both are given and make sense. */
export function sizeOf(
  content: Record<string, unknown>,
): { width: number; height: number } | undefined {
  const width = amountOf(content.width)
  const height = amountOf(content.height)
  return width && height ? { width, height } : undefined
}
