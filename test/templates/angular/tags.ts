// What Angular's templates are checked for. An error belongs on the line after each "wrong:".
import { Component, CUSTOM_ELEMENTS_SCHEMA } from '@angular/core'
import 'imkit/define'
import { imkitTags } from 'imkit/angular'
import { MessageListTag } from 'imkit/angular/message-list'

class Host {
  protected readonly menu: HTMLElementTagNameMap['message-list']['customMenu'] = []
  protected readonly wrongMenu = [{ name: () => 5, callback: () => {} }]
  protected tapped({ detail }: HTMLElementEventMap['tapMessage']) {
    return detail
  }
  protected opened({ detail }: HTMLElementEventMap['tapConversation']) {
    return detail.targetId
  }
}

@Component({
  selector: 'app-tags',
  imports: [imkitTags],
  template: `
    <conversation-list class="list" hideNotificUnreadCount (tapConversation)="opened($event)" />
    <message-list [customMenu]="menu" maxRecallDuration="60" (tapMessage)="tapped($event)" />

    <!-- wrong: a property that is none -->
    <message-list [recallDuration]="60" />
    <!-- wrong: the type of a property -->
    <message-list [maxRecallDuration]="'soon'" />
    <!-- wrong: what a name gives -->
    <message-list [customMenu]="wrongMenu" />
    <!-- wrong: the name of an event -->
    <message-list (tapMesage)="tapped($event)" />
    <!-- wrong: what an event tells -->
    <conversation-list (tapConversation)="tapped($event)" />
    <!-- wrong: a tag that is none -->
    <mesage-list />
  `,
})
export class Tags extends Host {}

@Component({
  selector: 'app-one-tag',
  imports: [MessageListTag],
  template: `
    <message-list [customMenu]="menu" />
    <!-- wrong: a tag that is not imported -->
    <conversation-list />
  `,
})
export class OneTag extends Host {}

@Component({
  selector: 'app-any-tag',
  schemas: [CUSTOM_ELEMENTS_SCHEMA],
  template: `
    <conversation-list (tapConversation)="opened($event)" />
    <message-list [customMenu]="menu" (tapMessage)="tapped($event)" />
    <!-- wrong: what an event tells -->
    <conversation-list (tapConversation)="tapped($event)" />
  `,
})
export class AnyTag extends Host {}
