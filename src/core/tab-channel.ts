/** Tells the user's other tabs what changed in the database they share. */
import { nothingKnown, type ChangeSet } from './changes.js'

export class TabChannel {
  #channel: BroadcastChannel | undefined

  constructor(databaseName: string, onChange: (changes: ChangeSet) => void) {
    if (typeof BroadcastChannel === 'undefined') return
    this.#channel = new BroadcastChannel(`${databaseName}/changes`)
    this.#channel.onmessage = ({ data }: MessageEvent<Omit<ChangeSet, 'known'>>) =>
      onChange({ ...data, fromOtherTab: true, known: nothingKnown })
  }

  /** Names only: the others read what they show of it. */
  tell({ known: _, ...changes }: ChangeSet): void {
    this.#channel?.postMessage(changes)
  }

  close(): void {
    this.#channel?.close()
    this.#channel = undefined
  }
}
