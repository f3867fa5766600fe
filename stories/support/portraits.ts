/** Faces drawn for the people of the stories: nothing is fetched from anywhere. */

export interface Face {
  backdrop: string
  skin: string
  hair: string
  shirt: string
  cut: keyof typeof cuts
}

/** Paths behind the head and over it, in a square of 96. */
const cuts = {
  short: { behind: '', over: 'M28 42c0-17 9-25 20-25s20 8 20 25c-5-9-11-13-20-13s-15 4-20 13z' },
  long: {
    behind: 'M24 76V44c0-17 10-28 24-28s24 11 24 28v32z',
    over: 'M29 44c1-14 9-22 19-22s18 8 19 22c-9-3-15-8-18-14-4 7-11 12-20 14z',
  },
  bun: {
    behind: 'M38 18a10 10 0 1 1 20 0a10 10 0 1 1-20 0z',
    over: 'M28 44c0-16 9-25 20-25s20 9 20 25c-4-8-11-12-20-12s-16 4-20 12z',
  },
  curly: {
    behind:
      'M24 46a9 9 0 0 1 3-15a10 10 0 0 1 12-12a11 11 0 0 1 18 0a10 10 0 0 1 12 12a9 9 0 0 1 3 15l-4 8H28z',
    over: 'M30 40c5-7 11-10 18-10s13 3 18 10c1-14-7-20-18-20s-19 6-18 20z',
  },
  scarf: {
    behind: 'M22 82V46c0-18 11-30 26-30s26 12 26 30v36z',
    over: 'M28 46c0-15 8-24 20-24s20 9 20 24c-4-10-11-15-20-15s-16 5-20 15z',
  },
}

/** The address of the picture, good for as long as the page is open. */
export function drawPortrait({ backdrop, skin, hair, shirt, cut }: Face): string {
  const { behind, over } = cuts[cut]
  const svg = `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 96 96" width="192" height="192">
    <path fill="${backdrop}" d="M0 0h96v96H0z"/>
    <path fill="${hair}" d="${behind}"/>
    <path fill="${shirt}" d="M12 96c2-18 15-25 36-25s34 7 36 25z"/>
    <path fill="${skin}" d="M40 60h16v13c0 10-16 10-16 0z"/>
    <ellipse fill="${skin}" cx="48" cy="46" rx="18" ry="21"/>
    <path fill="${hair}" d="${over}"/>
    <path fill="none" stroke="#3a2d2a" stroke-width="2.5" stroke-linecap="round"
      d="M41 46v2M55 46v2M42 56c4 4 8 4 12 0"/>
  </svg>`
  return URL.createObjectURL(new Blob([svg], { type: 'image/svg+xml' }))
}

/** A picture for a group. */
export function drawEmblem(backdrop: string, symbol: string): string {
  const svg = `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 24 24" width="192" height="192">
    <path fill="${backdrop}" d="M0 0h24v24H0z"/>
    <path fill="none" stroke="#fff" stroke-width="1.5" stroke-linecap="round" stroke-linejoin="round" d="${symbol}"/>
  </svg>`
  return URL.createObjectURL(new Blob([svg], { type: 'image/svg+xml' }))
}
