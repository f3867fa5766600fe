/** What comes over the WebSockets of this page, in the hands of a test: late, twice, in another order. */

type Listener = (event: MessageEvent) => void

export class UnrulySockets {
  readonly #real = globalThis.WebSocket
  /** What was held, oldest first, each with the one that listens. */
  #held: { frame: string; listener: Listener }[] = []
  #isHolding: (frame: string) => boolean = () => false

  constructor() {
    const take = (event: MessageEvent, listener: Listener) => this.#take(event, listener)
    globalThis.WebSocket = class extends this.#real {
      override addEventListener(
        type: string,
        listener: EventListenerOrEventListenerObject,
        options?: AddEventListenerOptions,
      ): void {
        if (type !== 'message') return super.addEventListener(type, listener, options)
        const hears = listener as Listener
        super.addEventListener(type, (event) => take(event as MessageEvent, hears), options)
      }
    }
  }

  /** Holds back the frames of which this is so, from now on. */
  hold(isHeld: (frame: string) => boolean): void {
    this.#isHolding = isHeld
  }

  get heldCount(): number {
    return this.#held.length
  }

  /** Delivers what was held as the test puts it, and holds no more. */
  release(arrange: (frames: string[]) => string[]): void {
    this.#isHolding = () => false
    const held = this.#held.splice(0)
    const listener = held[0]?.listener
    for (const frame of arrange(held.map((it) => it.frame))) {
      listener?.(new MessageEvent('message', { data: frame }))
    }
  }

  /** Gives the page its own sockets back. */
  end(): void {
    globalThis.WebSocket = this.#real
  }

  #take(event: MessageEvent, listener: Listener): void {
    const frame = String(event.data)
    if (this.#isHolding(frame)) this.#held.push({ frame, listener })
    else listener(event)
  }
}
