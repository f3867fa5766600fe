/** Says something to other tabs. Nobody is left to hear what comes when a channel is closed. */
export function post(channel: BroadcastChannel, message: unknown): void {
  try {
    channel.postMessage(message)
  } catch (error) {
    const isClosed = error instanceof DOMException && error.name === 'InvalidStateError'
    if (!isClosed) throw error
  }
}
