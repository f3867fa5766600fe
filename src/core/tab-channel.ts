/** Tells the user's other tabs what changed in the database they share. */
import type { ChangeSet } from './changes.js'

export class TabChannel {
  #channel: BroadcastChannel | undefined

  constructor(databaseName: string, onChange: (changes: ChangeSet) => void) {
    if (typeof BroadcastChannel === 'undefined') return
    this.#channel = new BroadcastChannel(`${databaseName}/changes`)
    this.#channel.onmessage = ({ data }: MessageEvent<ChangeSet>) =>
      onChange({ ...data, fromOtherTab: true })
  }

  tell(changes: ChangeSet): void {
    this.#channel?.postMessage(changes)
  }

  close(): void {
    this.#channel?.close()
    this.#channel = undefined
  }
}
