/**
 * The message windows there are: one for each conversation that is shown, shared by all who show
 * it, and a few of those shown last, so that coming back shows what was there. Of older ones the
 * place of the reader is remembered.
 */
import { conversationKey, type ConversationId } from '../model/conversation.js'
import { MessageWindow, type Place } from './message-window.js'

/** Closed windows that are kept whole, and places of windows that are not. */
const keptWindows = 3
const keptPlaces = 100

interface Shelved {
  window: MessageWindow
  users: number
  /** It was left for good, not only for the moment in which an element is moved. */
  isClosed: boolean
}

export class WindowShelf {
  readonly #create: (conversation: ConversationId, onRelease: () => void) => MessageWindow
  /** By conversation key, the one used last at the end. */
  readonly #shelf = new Map<string, Shelved>()
  readonly #places = new Map<string, Place>()

  constructor(create: (conversation: ConversationId, onRelease: () => void) => MessageWindow) {
    this.#create = create
  }

  /** The window of a conversation. @param open called if it has to be opened, for the first time or again */
  acquire(conversation: ConversationId, open: (window: MessageWindow) => void): MessageWindow {
    const key = conversationKey(conversation)
    const known = this.#shelf.get(key)
    const shelved = known ?? this.#add(key, conversation)
    this.#shelf.delete(key)
    this.#shelf.set(key, shelved)
    shelved.users += 1
    if (!known || shelved.isClosed) {
      shelved.isClosed = false
      open(shelved.window)
    }
    return shelved.window
  }

  /** The window of a conversation that is being shown. */
  open(key: string): MessageWindow | undefined {
    const shelved = this.#shelf.get(key)
    return shelved?.isClosed ? undefined : shelved?.window
  }

  /** All windows by key, closed ones too: they are kept up to date. */
  all(): [key: string, window: MessageWindow][] {
    return [...this.#shelf].map(([key, { window }]) => [key, window])
  }

  /** Those that elements hold on to stay, empty; nothing else does. */
  clear(): void {
    this.#places.clear()
    for (const [key, { window, users }] of this.#shelf) {
      window.clear()
      if (!users) this.#shelf.delete(key)
    }
  }

  #add(key: string, conversation: ConversationId): Shelved {
    const shelved: Shelved = {
      window: this.#create(conversation, () => this.#release(key, shelved)),
      users: 0,
      isClosed: false,
    }
    shelved.window.place = this.#places.get(key)
    return shelved
  }

  #release(key: string, shelved: Shelved): void {
    if (shelved.users > 0) shelved.users -= 1
    queueMicrotask(() => {
      if (shelved.users || shelved.isClosed || this.#shelf.get(key) !== shelved) return
      shelved.isClosed = true
      this.#putAway()
    })
  }

  #putAway(): void {
    const closed = [...this.#shelf].filter(([, { isClosed }]) => isClosed)
    for (const [key, { window }] of closed.slice(0, Math.max(0, closed.length - keptWindows))) {
      this.#shelf.delete(key)
      this.#remember(key, window.place)
      window.clear()
    }
  }

  #remember(key: string, place: Place | undefined): void {
    this.#places.delete(key)
    if (place) this.#places.set(key, place)
    for (const oldest of this.#places.keys()) {
      if (this.#places.size <= keptPlaces) return
      this.#places.delete(oldest)
    }
  }
}
