/** Pictures, a map, an animation and a film for the stories, drawn in the browser. */

export interface Picture {
  file: File
  width: number
  height: number
  /** base64 of a small JPEG, without a `data:` prefix */
  thumbnail: string
}

type Draw = (context: CanvasRenderingContext2D, width: number, height: number) => void

/** The harbour at dusk. */
export function harbour(width = 960, height = 640): Promise<Picture> {
  return picture('harbour.jpg', width, height, drawHarbour)
}

/** A map with a river through it. */
export function cityMap(): Promise<Picture> {
  return picture('map.jpg', 408, 240, drawMap)
}

async function picture(name: string, width: number, height: number, draw: Draw): Promise<Picture> {
  const canvas = paint(width, height, draw)
  const blob = await new Promise<Blob | null>((resolve) =>
    canvas.toBlob(resolve, 'image/jpeg', 0.85),
  )
  const file = new File([blob!], name, { type: 'image/jpeg' })
  const shrink = 200 / Math.max(width, height)
  const small = paint(Math.max(1, width * shrink), Math.max(1, height * shrink), draw)
  const dataUrl = small.toDataURL('image/jpeg', 0.6)
  return { file, width, height, thumbnail: dataUrl.slice(dataUrl.indexOf(',') + 1) }
}

function paint(width: number, height: number, draw: Draw): HTMLCanvasElement {
  const canvas = document.createElement('canvas')
  canvas.width = width
  canvas.height = height
  draw(canvas.getContext('2d')!, canvas.width, canvas.height)
  return canvas
}

const drawHarbour: Draw = (context, width, height) => {
  const sky = context.createLinearGradient(0, 0, 0, height * 0.65)
  sky.addColorStop(0, '#27406f')
  sky.addColorStop(0.6, '#d98a6a')
  sky.addColorStop(1, '#f7d9a8')
  context.fillStyle = sky
  context.fillRect(0, 0, width, height)
  fillCircle(context, '#fff1cf', width * 0.68, height * 0.5, height * 0.09)
  context.fillStyle = '#3a4a6b'
  for (const [x, w, h] of skyline) {
    context.fillRect(width * x, height * (0.62 - h), width * w, height * h)
  }
  const sea = context.createLinearGradient(0, height * 0.62, 0, height)
  sea.addColorStop(0, '#c98a6c')
  sea.addColorStop(1, '#1f3557')
  context.fillStyle = sea
  context.fillRect(0, height * 0.62, width, height * 0.38)
  drawBoat(context, width * 0.3, height * 0.78, height * 0.22)
  drawBoat(context, width * 0.52, height * 0.7, height * 0.11)
}

/** Place, width and height of each house, as parts of the picture. */
const skyline = [
  [0.02, 0.07, 0.1],
  [0.1, 0.05, 0.17],
  [0.16, 0.09, 0.08],
  [0.8, 0.06, 0.14],
  [0.87, 0.04, 0.22],
  [0.92, 0.08, 0.11],
] as const

function drawBoat(context: CanvasRenderingContext2D, x: number, y: number, size: number): void {
  context.fillStyle = '#f6efe4'
  fillPath(context, [x, y - size], [x, y], [x + size * 0.55, y])
  context.fillStyle = '#d8c9b4'
  fillPath(context, [x - size * 0.05, y - size * 0.8], [x - size * 0.05, y], [x - size * 0.4, y])
  context.fillStyle = '#5b2f2a'
  fillPath(
    context,
    [x - size * 0.5, y + size * 0.06],
    [x + size * 0.6, y + size * 0.06],
    [x + size * 0.4, y + size * 0.2],
    [x - size * 0.35, y + size * 0.2],
  )
}

const drawMap: Draw = (context, width, height) => {
  context.fillStyle = '#eef0e6'
  context.fillRect(0, 0, width, height)
  context.fillStyle = '#cfe6c4'
  context.fillRect(width * 0.62, height * 0.08, width * 0.3, height * 0.34)
  context.lineCap = 'round'
  strokeCurve(context, '#a9cfe8', height * 0.16, [-10, height * 0.9], [width + 10, height * 0.5])
  for (let step = 1; step < 6; step += 1) {
    const x = (width * step) / 6
    strokeCurve(context, '#ffffff', height * 0.04, [x, -10], [x - width * 0.1, height + 10])
    strokeCurve(context, '#ffffff', height * 0.03, [-10, x * 0.5], [width + 10, x * 0.55])
  }
}

type Point = readonly [x: number, y: number]

function fillCircle(
  context: CanvasRenderingContext2D,
  color: string,
  x: number,
  y: number,
  radius: number,
): void {
  context.fillStyle = color
  context.beginPath()
  context.arc(x, y, radius, 0, Math.PI * 2)
  context.fill()
}

function fillPath(context: CanvasRenderingContext2D, ...points: Point[]): void {
  context.beginPath()
  for (const [x, y] of points) context.lineTo(x, y)
  context.fill()
}

function strokeCurve(
  context: CanvasRenderingContext2D,
  color: string,
  lineWidth: number,
  [fromX, fromY]: Point,
  [toX, toY]: Point,
): void {
  context.strokeStyle = color
  context.lineWidth = lineWidth
  context.beginPath()
  context.moveTo(fromX, fromY)
  context.bezierCurveTo(fromX + 60, fromY - 40, toX - 60, toY + 40, toX, toY)
  context.stroke()
}

/** Half a second of the harbour with the sun going down. */
export async function film(): Promise<File> {
  const canvas = paint(320, 214, drawHarbour)
  const context = canvas.getContext('2d')!
  const recorder = new MediaRecorder(canvas.captureStream(), { mimeType: 'video/webm' })
  const chunks: Blob[] = []
  recorder.ondataavailable = ({ data }) => chunks.push(data)
  const stopped = new Promise((resolve) => (recorder.onstop = resolve))
  recorder.start()
  for (let frame = 0; frame < 30; frame += 1) {
    drawHarbour(context, canvas.width, canvas.height)
    context.fillStyle = `rgb(0 0 30 / ${frame}%)`
    context.fillRect(0, 0, canvas.width, canvas.height)
    await new Promise(requestAnimationFrame)
  }
  recorder.stop()
  await stopped
  return new File(chunks, 'harbour.webm', { type: 'video/webm' })
}

/** A ball on a table, rolling from one side to the other, as an uncompressed GIF of 96 by 96. */
export function animation(): File {
  const size = 96
  const frames = Array.from({ length: 12 }, (_, step) =>
    gifFrame(size, (x, y) => {
      const isBall = (x - 8 * step - 4) ** 2 + (y - 58) ** 2 < 150
      return isBall ? 2 : y > 70 ? 1 : 0
    }),
  )
  const palette = [0xfd, 0xe2, 0xc8, 0x3f, 0x6f, 0xd1, 0xb8, 0x42, 0x3f, 0, 0, 0]
  const loop = [0x21, 0xff, 11, ...ascii('NETSCAPE2.0'), 3, 1, 0, 0, 0]
  const screen = [size, 0, size, 0, 0x91, 0, 0]
  const bytes = [...ascii('GIF89a'), ...screen, ...palette, ...loop, ...frames.flat(), 0x3b]
  return new File([new Uint8Array(bytes)], 'ball.gif', { type: 'image/gif' })
}

/** GIF's codes are written with 3 bits each, and cleared before they would need more. */
function gifFrame(size: number, colorAt: (x: number, y: number) => number): number[] {
  const clear = 4
  const end = 5
  const codes: number[] = []
  for (let pixel = 0; pixel < size * size; pixel += 1) {
    if (pixel % 2 === 0) codes.push(clear)
    codes.push(colorAt(pixel % size, Math.floor(pixel / size)))
  }
  const bytes: number[] = []
  let bits = 0
  let count = 0
  for (const code of [...codes, end]) {
    bits |= code << count
    for (count += 3; count >= 8; count -= 8, bits >>= 8) bytes.push(bits & 255)
  }
  bytes.push(bits)
  const blocks: number[] = []
  for (let at = 0; at < bytes.length; at += 255) {
    const block = bytes.slice(at, at + 255)
    blocks.push(block.length, ...block)
  }
  const control = [0x21, 0xf9, 4, 0, 8, 0, 0, 0]
  return [...control, 0x2c, 0, 0, 0, 0, size, 0, size, 0, 0, 2, ...blocks, 0]
}

function ascii(text: string): number[] {
  return Array.from(text, (character) => character.charCodeAt(0))
}
