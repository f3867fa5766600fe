/** A list that is measured: what a page has to offer so that the same code measures all of them. */
import type { Archive, Said } from './archive.js'

export interface Contender {
  /** Before the clock runs: stores what is to be stored and puts the empty list on the page. */
  prepare(setup: Setup): Promise<void>
  /** Shows the newest messages of an archive. */
  open(archive: Archive): void
  /** A message has come in the open conversation. */
  append(message: Said): void
  /**
   * Shows so many older messages above those that are there; left out by a list that brings them
   * by itself when the reader comes near its top.
   */
  showOlder?(count: number): void
  /** What scrolls; where it stands, if it is not there yet. */
  scroller(): HTMLElement
  /** Where the rows are to be found: the document, or a shadow root. */
  root(): DocumentOrShadowRoot & ParentNode
  /** Matches a message's outermost element, which is as wide as the list. */
  readonly row: string
  /** Matches what stands between rows and is content too, like a line with the time. */
  readonly line?: string
}

export interface Setup {
  /** Runs of one name share what is stored. */
  name: string
  archives: readonly Archive[]
}
