/** How a number of bytes is written: `12 byte`, `3.4 MB`. */

const units = ['byte', 'kilobyte', 'megabyte', 'gigabyte', 'terabyte'] as const
const step = 1024

export function fileSizeFor(locale: string): (bytes: number) => string {
  const formats = units.map(
    (unit) =>
      new Intl.NumberFormat(locale, {
        style: 'unit',
        unit,
        unitDisplay: unit === 'byte' ? 'long' : 'short',
        maximumFractionDigits: 1,
      }),
  )
  return (bytes) => {
    let size = Number.isFinite(bytes) ? Math.max(0, bytes) : 0
    let index = 0
    // What would be rounded up to a whole next unit is written in that unit.
    while (Number(size.toFixed(1)) >= step && index < units.length - 1) {
      size /= step
      index += 1
    }
    return formats[index]!.format(size)
  }
}
