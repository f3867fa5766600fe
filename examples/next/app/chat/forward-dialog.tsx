'use client'

import { useImperativeHandle, useRef, type Ref } from 'react'
import type { ConversationId } from 'imkit'
import { privateWith } from './kit'

export interface Asking {
  /** Asks where to; none when it is dismissed. */
  ask(): Promise<ConversationId[]>
}

interface Props {
  ref: Ref<Asking>
  people: { id: string; name: string }[]
}

export function ForwardDialog({ ref, people }: Props) {
  const dialog = useRef<HTMLDialogElement>(null)
  const form = useRef<HTMLFormElement>(null)
  const answer = useRef<(conversations: ConversationId[]) => void>(null)

  useImperativeHandle(ref, () => ({
    ask() {
      form.current!.reset()
      dialog.current!.returnValue = ''
      dialog.current!.showModal()
      return new Promise((resolve) => (answer.current = resolve))
    },
  }))

  function closed() {
    const chosen = new FormData(form.current!).getAll('to').map(String)
    answer.current!(dialog.current!.returnValue === 'forward' ? chosen.map(privateWith) : [])
  }

  return (
    <dialog ref={dialog} aria-label="Forward to" onClose={closed}>
      <form ref={form} method="dialog">
        {people.map(({ id, name }) => (
          <label key={id}>
            <input type="checkbox" name="to" value={id} /> {name}
          </label>
        ))}
        <button value="forward">Forward</button>
        <button value="cancel">Cancel</button>
      </form>
    </dialog>
  )
}
