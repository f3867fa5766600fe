import { expect, nextFrame } from '@open-wc/testing'

const rounds = 50

/**
 * Proves that an element that leaves the page leaves nothing behind: after 50 mounts and unmounts
 * the listeners on window, document and all else that outlives an element are as many as before,
 * nothing was added to the document, and the elements are garbage: neither a listener, nor a timer,
 * nor a subscription to a signal holds them.
 *
 * @param mount puts a new element into `place`, waits until it shows what it has to, and gives it
 * @param settle waits for what the page does once more on its own, such as writing to a database
 */
export async function expectNothingLeftBehind(
  mount: (place: HTMLElement) => Promise<Element>,
  settle: () => Promise<unknown> = nextFrame,
): Promise<void> {
  // The first one may set up what is made once for the page.
  await mountOnce(mount)
  await settle()

  const listeners = countListeners()
  const bodyBefore = document.body.childElementCount
  const headBefore = document.head.childElementCount
  const mounted: WeakRef<Element>[] = []
  try {
    for (let round = 0; round < rounds; round++) mounted.push(await mountOnce(mount))
    await settle()
    expect(listeners.left(), 'listeners left on what outlives the element').to.deep.equal([])
  } finally {
    listeners.stop()
  }
  expect(document.body.childElementCount, 'children of the body').to.equal(bodyBefore)
  expect(document.head.childElementCount, 'children of the head').to.equal(headBefore)
  expect(await survivors(mounted), 'elements that something still holds').to.be.at.most(1)
}

async function mountOnce(
  mount: (place: HTMLElement) => Promise<Element>,
): Promise<WeakRef<Element>> {
  const place = document.body.appendChild(document.createElement('div'))
  const element = new WeakRef(await mount(place))
  place.remove()
  return element
}

/** How many are not garbage. The last one may be: the browser remembers what last had the focus. */
async function survivors(elements: WeakRef<Element>[]): Promise<number> {
  const collect = (globalThis as { gc?: (options: { execution: 'async' }) => Promise<void> }).gc
  if (!collect) throw new Error('The test browser has to run with --js-flags=--expose-gc.')
  const alive = () => elements.filter((element) => element.deref()).length
  const end = performance.now() + 10_000
  while (alive() > 1 && performance.now() < end) {
    await nextFrame()
    await collect({ execution: 'async' })
  }
  return alive()
}

/**
 * Counts the listeners that are added from now on to anything that outlives an element: every
 * target that is no node, and the document with its html and body elements.
 */
function countListeners(): { left(): string[]; stop(): void } {
  const { addEventListener, removeEventListener } = EventTarget.prototype
  const open = new Map<EventTarget, Map<unknown, Set<string>>>()

  const forget = (target: EventTarget, listener: unknown, key: string) => {
    const keys = open.get(target)?.get(listener)
    keys?.delete(key)
    // Else the book itself would hold the listener, and so the element.
    if (keys?.size === 0) open.get(target)?.delete(listener)
  }

  EventTarget.prototype.addEventListener = function (type, listener, options) {
    const target = this ?? window
    addEventListener.call(target, type, listener, options)
    const { signal, once } = typeof options === 'object' ? options : {}
    if (!listener || !outlivesElements(target) || signal?.aborted) return
    const key = keyOf(type, options)
    const byListener = open.get(target) ?? new Map<unknown, Set<string>>()
    open.set(target, byListener)
    byListener.set(listener, (byListener.get(listener) ?? new Set()).add(key))
    const drop = () => forget(target, listener, key)
    if (signal) addEventListener.call(signal, 'abort', drop)
    if (once) addEventListener.call(target, type, drop, options)
  }
  EventTarget.prototype.removeEventListener = function (type, listener, options) {
    const target = this ?? window
    removeEventListener.call(target, type, listener, options)
    forget(target, listener, keyOf(type, options))
  }

  return {
    left: () =>
      Array.from(open, ([target, listeners]) =>
        Array.from(listeners.values(), (keys) =>
          Array.from(keys, (key) => `${target.constructor.name} ${key}`),
        ).flat(),
      ).flat(),
    stop: () => Object.assign(EventTarget.prototype, { addEventListener, removeEventListener }),
  }
}

function keyOf(type: string, options: boolean | AddEventListenerOptions | undefined): string {
  const isCapturing = typeof options === 'object' ? options.capture === true : options === true
  return isCapturing ? `${type} (capture)` : type
}

function outlivesElements(target: EventTarget): boolean {
  // A signal, a request, a reader: lives as long as what it is for.
  const isOneOff = [AbortSignal, XMLHttpRequest, FileReader, IDBRequest, IDBTransaction].some(
    (type) => target instanceof type,
  )
  if (isOneOff) return false
  if (!(target instanceof Node)) return true
  return target === document || target === document.documentElement || target === document.body
}
