import { Component, ElementRef, input, viewChild } from '@angular/core'
import type { ConversationId } from 'imkit'
import { privateWith } from './chat-kit'

@Component({
  selector: 'app-forward-dialog',
  template: `
    <dialog #dialog aria-label="Forward to" (close)="closed()">
      <form #form method="dialog">
        @for (person of people(); track person.id) {
          <label><input type="checkbox" name="to" [value]="person.id" /> {{ person.name }}</label>
        }
        <button value="forward">Forward</button>
        <button value="cancel">Cancel</button>
      </form>
    </dialog>
  `,
})
export class ForwardDialog {
  readonly people = input.required<{ id: string; name: string }[]>()
  private readonly dialog = viewChild.required<ElementRef<HTMLDialogElement>>('dialog')
  private readonly form = viewChild.required<ElementRef<HTMLFormElement>>('form')
  private answer: (conversations: ConversationId[]) => void = () => {}

  /** Asks where to; none when it is dismissed. */
  ask(): Promise<ConversationId[]> {
    const dialog = this.dialog().nativeElement
    this.form().nativeElement.reset()
    dialog.returnValue = ''
    dialog.showModal()
    return new Promise((resolve) => (this.answer = resolve))
  }

  protected closed() {
    const chosen = new FormData(this.form().nativeElement).getAll('to').map(String)
    const isConfirmed = this.dialog().nativeElement.returnValue === 'forward'
    this.answer(isConfirmed ? chosen.map(privateWith) : [])
  }
}
