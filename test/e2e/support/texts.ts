/** Texts none of which is part of another: `#01`, `#02`, … */
export function numbered(count: number): string[] {
  return Array.from({ length: count }, (_, index) => `#${String(index + 1).padStart(2, '0')}`)
}
