import type { ReactiveController, ReactiveControllerHost } from 'lit'

/** A finger that rests this long means the context menu. Milliseconds. */
const pressDuration = 500
/** A finger that moves farther than this scrolls. Pixels. */
const tolerance = 10

/**
 * The long press of a finger or pen, where the platform gives no `contextmenu` event for it (iOS).
 * Bind `onPointerDown` to `pointerdown` on what can be pressed.
 *
 * Ends without effect when the pointer moves or is lifted. The click that follows a long press is
 * swallowed: it would open what the menu is for.
 */
export class LongPress implements ReactiveController {
  readonly #onPress: (event: PointerEvent) => void
  #end: AbortController | undefined

  constructor(host: ReactiveControllerHost, onPress: (event: PointerEvent) => void) {
    this.#onPress = onPress
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
    const { clientX, clientY, currentTarget } = event

    const timer = setTimeout(() => {
      end.abort()
      this.#swallowClick()
      // The event has been dispatched long ago: what it was bound to is gone from it.
      Object.defineProperty(event, 'currentTarget', { value: currentTarget, configurable: true })
      this.#onPress(event)
    }, pressDuration)
    signal.addEventListener('abort', () => clearTimeout(timer), { once: true })

    const abort = () => end.abort()
    const options = { signal, capture: true }
    for (const name of ['pointerup', 'pointercancel', 'contextmenu', 'scroll']) {
      addEventListener(name, abort, options)
    }
    addEventListener(
      'pointermove',
      (move) => {
        if (Math.hypot(move.clientX - clientX, move.clientY - clientY) > tolerance) abort()
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
