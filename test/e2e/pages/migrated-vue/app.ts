import { defineComponent, h } from 'vue'
import { ConversationType, ErrorCode } from '@rongcloud/engine'
import {
  CoreEvent,
  DisabledConversationontextMenu,
  DisabledMessageContextMenu,
  imkit,
} from '@rongcloud/imkit'
import * as RongIMLib from '@rongcloud/imlib-next'
import { conversationCustomMenu, messageCustomMenu } from './custom-menu.js'
import { PersonMessage, RequestMessage } from './custom-message.js'

const parameters = new URLSearchParams(location.search)
const TOKEN = parameters.get('token') ?? ''

const privateWith = (targetId: string) => ({ conversationType: ConversationType.PRIVATE, targetId })

type ElementOf<Name extends keyof HTMLElementTagNameMap> = HTMLElementTagNameMap[Name]

export default defineComponent({
  data: () => ({
    lang: '',
    unread: 0,
    lines: [] as string[],
  }),

  async mounted() {
    const conversationList = this.$refs.conversationList as ElementOf<'conversation-list'>
    const messageList = this.$refs.messageList as ElementOf<'message-list'>
    const log = (line: string) => void this.lines.push(line)

    RongIMLib.addEventListener(RongIMLib.Events.CONNECTED, () => log('connected'))
    RongIMLib.addEventListener(RongIMLib.Events.MESSAGES, ({ messages }) => {
      for (const message of messages) log(`received ${message.messageType}`)
    })
    RongIMLib.addEventListener(RongIMLib.Events.CONVERSATION, () => this.countUnread())

    const { code, data } = await RongIMLib.connect(TOKEN)
    log(code === ErrorCode.SUCCESS ? `logged in as ${data!.userId}` : `not logged in: ${code}`)
    this.lang = imkit.lang
    imkit.emit(CoreEvent.CONVERSATION, true)

    conversationList.addEventListener('tapConversation', this.tappedConversation)
    conversationList.addEventListener('deleteConversation', this.deletedConversation)
    conversationList.customMenu = conversationCustomMenu(log)
    conversationList.disableMenu = [DisabledConversationontextMenu.Notification]

    messageList.addEventListener('tapMessage', this.tappedMessage)
    messageList.customMenu = messageCustomMenu(log)
    messageList.disableMenu = [DisabledMessageContextMenu.Copy]
    messageList.forwardList = {
      callback: () => [privateWith('carol')],
    }
    messageList.maxRecallDuration = 60

    imkit.on('switch_conversation', (conversation) => {
      if (conversation) log(`switched to ${conversation.targetId}`)
    })
  },

  beforeUnmount() {
    const conversationList = this.$refs.conversationList as HTMLElement
    conversationList.removeEventListener('tapConversation', this.tappedConversation)
    conversationList.removeEventListener('deleteConversation', this.deletedConversation)
    const messageList = this.$refs.messageList as HTMLElement
    messageList.removeEventListener('tapMessage', this.tappedMessage)
  },

  methods: {
    tappedConversation(event: Event) {
      this.lines.push(`tapped conversation ${(event as CustomEvent).detail.targetId}`)
    },
    deletedConversation(event: Event) {
      this.lines.push(`deleted conversation ${(event as CustomEvent).detail.targetId}`)
    },
    tappedMessage(event: Event) {
      event.preventDefault()
      const { type, name } = (event as CustomEvent).detail
      this.lines.push(`tapped ${type} ${name ?? ''}`)
    },
    async countUnread() {
      const { code, data } = await RongIMLib.getTotalUnreadCount(true)
      if (code === ErrorCode.SUCCESS) this.unread = data!
    },
    selectConversation() {
      imkit.selectConversation(privateWith('bob'))
    },
    removeConversation() {
      void imkit.removeConversation(privateWith('bob'))
    },
    async sendCard() {
      const card = new PersonMessage({ name: 'Ann', age: 30 })
      const { code } = await imkit.sendMessage(privateWith('bob'), card, null)
      this.lines.push(`sent a card: ${code}`)
    },
    async sendRequest() {
      const request = new RequestMessage({ name: 'Ann' })
      const { code } = await imkit.sendMessage(privateWith('bob'), request)
      this.lines.push(`sent a request: ${code}`)
    },
    async sendHidden() {
      const hidden = new RongIMLib.TextMessage({ content: 'nobody sees this', extra: 'hidden' })
      const { code } = await RongIMLib.sendMessage(privateWith('bob'), hidden)
      this.lines.push(`sent a hidden text: ${code}`)
    },
    async sendMention() {
      const group = { conversationType: ConversationType.GROUP, targetId: 'nowhere' }
      const mentionedInfo = { type: RongIMLib.MentionedType.SINGAL, userIdList: ['bob'] }
      const message = new RongIMLib.TextMessage({ content: '@Bob', mentionedInfo })
      const { code } = await RongIMLib.sendMessage(group, message, { isMentioned: true })
      this.lines.push(`sent to a group one is not in: ${code}`)
    },
    changeLanguage() {
      imkit.changeLanguage({ lang: this.lang === 'en' ? 'zh_CN' : 'en' })
      this.lang = imkit.lang
    },
    changeNames() {
      imkit.updateUserProfile({ id: 'alice', name: 'Alice the Great' })
      imkit.updateConversationProfile(privateWith('bob'), {
        ...privateWith('bob'),
        name: 'Bob the Builder',
      })
    },
    changeUser() {
      const token = parameters.get('next') ?? ''
      void RongIMLib.disconnect()
      void RongIMLib.connect(token).then(({ code, data, msg }) => {
        this.lines.push(code === 0 ? `logged in as ${data!.userId}` : `not logged in: ${msg}`)
      })
    },
  },

  render() {
    const button = (name: string, onClick: () => unknown) => h('button', { onClick }, name)
    return h('div', { class: 'page' }, [
      h('conversation-list', { ref: 'conversationList', 'base-size': '14px' }),
      h('div', { class: 'chat' }, [
        h('div', { class: 'chat-top' }, [
          h('message-list', { ref: 'messageList', 'base-size': '14px' }),
        ]),
        h('div', { class: 'chat-bottom' }, [h('message-editor', { 'base-size': '14px' })]),
      ]),
      h('div', { class: 'tools' }, [
        h('p', { class: 'unread' }, `unread: ${this.unread}`),
        h('p', { class: 'lang' }, `language: ${this.lang}`),
        button('select Bob', this.selectConversation),
        button('remove Bob', this.removeConversation),
        button('send a card', this.sendCard),
        button('send a request', this.sendRequest),
        button('send a hidden text', this.sendHidden),
        button('send to a group', this.sendMention),
        button('change the language', this.changeLanguage),
        button('change names', this.changeNames),
        button('change the user', this.changeUser),
        h(
          'ol',
          { class: 'log' },
          this.lines.map((line) => h('li', line)),
        ),
      ]),
    ])
  },
})
