/**
 * The plug of this page's cable. While it is pulled, the browser says that there is no network, the
 * sockets that were open say and hear nothing any more, which the far side is not told, and none can
 * be opened. Loading the page anew puts it in again.
 */
let isIn = true
const open = new Set<WebSocket>()

export const plug = {
  pull(): void {
    isIn = false
    for (const socket of open) {
      socket.close = () => {}
      socket.dispatchEvent(new Event('close'))
    }
    dispatchEvent(new Event('offline'))
  },

  putIn(): void {
    isIn = true
    dispatchEvent(new Event('online'))
  },
}

Object.defineProperty(navigator, 'onLine', { get: () => isIn })

window.WebSocket = new Proxy(WebSocket, {
  construct(native, parameters: [string]) {
    if (!isIn) return deadSocket()
    const socket = new native(...parameters)
    open.add(socket)
    let isDead = false
    // The first to listen.
    socket.addEventListener('message', (event) => isDead && event.stopImmediatePropagation())
    socket.addEventListener('close', () => {
      isDead = true
      open.delete(socket)
    })
    return socket
  },
})

/** What a browser gives who has no network. */
function deadSocket(): object {
  const socket = Object.assign(new EventTarget(), { readyState: 3, send() {}, close() {} })
  queueMicrotask(() => {
    socket.dispatchEvent(new Event('error'))
    socket.dispatchEvent(new Event('close'))
  })
  return socket
}
