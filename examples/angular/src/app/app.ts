import { Component, inject, signal } from '@angular/core'
import { FormsModule } from '@angular/forms'
import { Chat } from './chat'
import { ChatKit } from './chat-kit'
import { people } from './people'

@Component({
  selector: 'app-root',
  imports: [Chat, FormsModule],
  template: `
    @if (userId()) {
      <app-chat [userId]="userId()" (logOut)="logOut()" />
    } @else {
      <form (ngSubmit)="logIn()">
        <label>
          Who are you?
          <select name="user" [(ngModel)]="chosen">
            @for (person of people; track person.id) {
              <option [value]="person.id">{{ person.name }}</option>
            }
          </select>
        </label>
        <button>Log in</button>
      </form>
    }
  `,
})
export class App {
  private readonly kit = inject(ChatKit)
  protected readonly people = people
  protected readonly chosen = signal('alice')
  protected readonly userId = signal('')

  protected async logIn() {
    this.userId.set(await this.kit.logIn(this.chosen()))
  }

  protected async logOut() {
    await this.kit.logOut()
    this.userId.set('')
  }
}
