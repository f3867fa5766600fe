import {
  Component,
  computed,
  effect,
  inject,
  input,
  output,
  signal,
  viewChild,
} from '@angular/core'
import type { Message } from 'imkit'
import { imkitTags } from 'imkit/angular'
import { ChatKit } from './chat-kit'
import { ForwardDialog } from './forward-dialog'
import { nameOf, people } from './people'

type MessageList = HTMLElementTagNameMap['message-list']

@Component({
  selector: 'app-chat',
  // With these the template is checked. CUSTOM_ELEMENTS_SCHEMA in their place lets any property
  // through; events have their types either way.
  imports: [ForwardDialog, imkitTags],
  templateUrl: './chat.component.html',
})
export class Chat {
  readonly userId = input.required<string>()
  readonly logOut = output<void>()

  protected readonly kit = inject(ChatKit)
  protected readonly name = computed(() => nameOf(this.userId()))
  protected readonly others = computed(() => people.filter(({ id }) => id !== this.userId()))
  protected readonly partner = signal('')
  protected readonly isShown = signal(true)
  protected readonly isDark = signal(false)
  protected readonly lang = signal(this.kit.lang)
  protected readonly notes = signal<string[]>([])
  private readonly forwardDialog = viewChild.required(ForwardDialog)

  protected readonly menu: MessageList['customMenu'] = [
    {
      name: ({ messageType }) => (messageType === 'RC:TxtMsg' ? 'Note down' : ''),
      callback: ({ content }: Message) =>
        this.notes.update((notes) => [...notes, content['content']]),
    },
  ]
  protected readonly forwardList: MessageList['forwardList'] = {
    callback: () => this.forwardDialog().ask(),
  }

  constructor() {
    effect(() => {
      document.documentElement.dataset['imTheme'] = this.isDark() ? 'dark' : 'light'
    })
    effect(() => {
      this.kit.lang = this.lang()
    })
  }

  protected talkTo(id: string) {
    this.partner.set(id)
    this.kit.talkTo(id)
  }

  protected opened({ detail }: HTMLElementEventMap['tapConversation']) {
    this.partner.set(detail.targetId)
  }
}
