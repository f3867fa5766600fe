/**
 * The plug of this page's cable. While it is pulled, the browser says that there is no network, open
 * sockets are gone and none can be opened. Loading the page anew puts it in again.
 */
let isIn = true
const open = new Set<WebSocket>()

export const plug = {
  pull(): void {
    isIn = false
    for (const socket of open) socket.close()
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
    socket.addEventListener('close', () => open.delete(socket))
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
