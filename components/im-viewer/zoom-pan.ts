import type { ReactiveController, ReactiveControllerHost } from 'lit'
import {
  bounded,
  distance,
  middle,
  panned,
  wholeView,
  zoomed,
  type Point,
  type View,
} from './zoom.js'

/** A finger that has moved this far to the side, on a picture that is not enlarged, turns the page. */
const swipeLength = 60

/** A pointer that has moved farther than this drags; a click is steadier. */
const dragLength = 4

/** One step of the buttons and keys. */
const zoomStep = 1.5

export interface ZoomPanOptions {
  /** What the pointers act on. */
  stage(): HTMLElement | null
  /** The picture, as it lies there without being enlarged. */
  picture(): HTMLElement | null
  /** A swipe: 1 to what lies to the right, -1 to the left. */
  onSwipe(direction: 1 | -1): void
}

/**
 * Wheel, buttons, double click and two fingers enlarge a picture; one pointer moves it. Bind the
 * handlers on the stage.
 */
export class ZoomPan implements ReactiveController {
  readonly #host: ReactiveControllerHost
  readonly #options: ZoomPanOptions
  readonly #pointers = new Map<number, Point>()
  #view: View = wholeView
  #start: Point | undefined
  #maySwipe = false
  #isDragging = false

  constructor(host: ReactiveControllerHost, options: ZoomPanOptions) {
    this.#host = host
    this.#options = options
    host.addController(this)
  }

  get view(): View {
    return this.#view
  }

  /** The last press moved the picture: the click that ends it means nothing. */
  get isDragging(): boolean {
    return this.#isDragging
  }

  get isEnlarged(): boolean {
    return this.#view.scale > 1
  }

  hostDisconnected(): void {
    this.reset()
  }

  reset(): void {
    this.#pointers.clear()
    this.#show(wholeView)
  }

  zoomIn(): void {
    this.#zoom(zoomStep, { x: 0, y: 0 })
  }

  zoomOut(): void {
    this.#zoom(1 / zoomStep, { x: 0, y: 0 })
  }

  readonly onWheel = (event: WheelEvent): void => {
    event.preventDefault()
    this.#zoom(Math.exp(-event.deltaY / 300), this.#fromMiddle(event))
  }

  readonly onDoubleClick = (event: MouseEvent): void => {
    if (this.isEnlarged) this.#show(wholeView)
    else this.#zoom(2.5, this.#fromMiddle(event))
  }

  readonly onPointerDown = (event: PointerEvent): void => {
    if (event.button !== 0) return
    this.#pointers.set(event.pointerId, pointOf(event))
    this.#start = pointOf(event)
    this.#isDragging = false
    this.#maySwipe = event.pointerType !== 'mouse' && this.#pointers.size === 1 && !this.isEnlarged
  }

  readonly onPointerMove = (event: PointerEvent): void => {
    const before = this.#pointers.get(event.pointerId)
    if (!before) return
    const now = pointOf(event)
    if (!this.#isDragging) this.#beginDrag(event)
    if (!this.#isDragging) return
    const other = [...this.#pointers].find(([id]) => id !== event.pointerId)?.[1]
    if (other) this.#pinch(before, now, other)
    else this.#show(panned(this.#view, { x: now.x - before.x, y: now.y - before.y }))
    this.#pointers.set(event.pointerId, now)
  }

  readonly onPointerUp = (event: PointerEvent): void => {
    const wasDown = this.#pointers.delete(event.pointerId)
    if (!wasDown || !this.#maySwipe || event.type === 'pointercancel') return
    this.#maySwipe = false
    const { x, y } = pointOf(event)
    const aside = x - this.#start!.x
    if (Math.abs(aside) < swipeLength || Math.abs(aside) < Math.abs(y - this.#start!.y)) return
    this.#options.onSwipe(aside < 0 ? 1 : -1)
  }

  #beginDrag(event: PointerEvent): void {
    if (!this.#start || distance(pointOf(event), this.#start) < dragLength) return
    this.#isDragging = true
    this.#options.stage()?.setPointerCapture(event.pointerId)
  }

  #pinch(before: Point, now: Point, other: Point): void {
    this.#maySwipe = false
    const factor = distance(now, other) / Math.max(1, distance(before, other))
    this.#zoom(factor, this.#fromMiddle(middle(now, other)))
  }

  #zoom(factor: number, point: Point): void {
    this.#show(zoomed(this.#view, factor, point))
  }

  #show(view: View): void {
    const stage = this.#options.stage()
    const picture = this.#options.picture()
    this.#view =
      stage && picture
        ? bounded(
            view,
            { width: stage.clientWidth, height: stage.clientHeight },
            { width: picture.offsetWidth, height: picture.offsetHeight },
          )
        : wholeView
    this.#host.requestUpdate()
  }

  #fromMiddle(at: Point): Point {
    const box = this.#options.stage()?.getBoundingClientRect()
    if (!box) return { x: 0, y: 0 }
    return { x: at.x - box.left - box.width / 2, y: at.y - box.top - box.height / 2 }
  }
}

function pointOf({ clientX, clientY }: PointerEvent): Point {
  return { x: clientX, y: clientY }
}
