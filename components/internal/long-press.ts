import type { ReactiveController, ReactiveControllerHost } from 'lit'

/** A finger that rests this long means the context menu. Milliseconds. */
const pressDuration = 500
/** A finger that moves farther than this scrolls. Pixels. */
const tolerance = 10

/** Runs something later; gives what prevents it. */
export type Schedule = (run: () => void, milliseconds: number) => () => void

const byTimer: Schedule = (run, milliseconds) => {
  const timer = setTimeout(run, milliseconds)
  return () => clearTimeout(timer)
}

/** What was pressed: what `onPointerDown` is bound to, and where on the window, in CSS pixels. */
export type OnLongPress = (pressed: Element, point: { x: number; y: number }) => void

/**
 * The long press of a finger or pen, where the platform gives no `contextmenu` event for it (iOS).
 * Bind `onPointerDown` to `pointerdown` on what can be pressed.
 *
 * Ends without effect when the pointer moves or is lifted. The click that follows a long press is
 * swallowed: it would open what the menu is for.
 */
export class LongPress implements ReactiveController {
  readonly #onPress: OnLongPress
  readonly #schedule: Schedule
  #end: AbortController | undefined

  constructor(host: ReactiveControllerHost, onPress: OnLongPress, schedule: Schedule = byTimer) {
    this.#onPress = onPress
    this.#schedule = schedule
    host.addController(this)
  }

  hostDisconnected(): void {
    this.#end?.abort()
  }

  readonly onPointerDown = (event: PointerEvent): void => {
    this.#end?.abort()
    if (event.pointerType === 'mouse' || !event.isPrimary) return
    const end = new AbortController()
    this.#end = end
    const { signal } = end
    const { clientX: x, clientY: y } = event
    const pressed = event.currentTarget as Element

    const cancel = this.#schedule(() => {
      end.abort()
      this.#swallowClick()
      this.#onPress(pressed, { x, y })
    }, pressDuration)
    signal.addEventListener('abort', cancel, { once: true })

    const abort = () => end.abort()
    const options = { signal, capture: true }
    for (const name of ['pointerup', 'pointercancel', 'contextmenu', 'scroll']) {
      addEventListener(name, abort, options)
    }
    addEventListener(
      'pointermove',
      (move) => {
        if (Math.hypot(move.clientX - x, move.clientY - y) > tolerance) abort()
      },
      options,
    )
  }

  /** Until the next press at the latest: a finger that was lifted elsewhere gives no click. */
  #swallowClick(): void {
    const end = new AbortController()
    this.#end = end
    const options = { signal: end.signal, capture: true }
    addEventListener(
      'click',
      (click) => {
        click.preventDefault()
        click.stopPropagation()
        end.abort()
      },
      options,
    )
    addEventListener('pointerdown', () => end.abort(), options)
  }
}
