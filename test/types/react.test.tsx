// The wrappers of `imkit/react`, and the tags in React's JSX.

import 'imkit/jsx'
import { createIMKit } from 'imkit'
import { ConversationList, IMProvider, MessageList } from 'imkit/react'
import { MessageEditor, type MessageEditorProps } from 'imkit/react/message-editor'
import { createRef } from 'react'

const editor: MessageEditorProps = { baseSize: '18px' }
const list = createRef<HTMLElementTagNameMap['message-list']>()

export const wrappers = (
  <IMProvider kit={createIMKit()} className="chat">
    <ConversationList hideNotificUnreadCount onTapConversation={({ detail }) => detail.targetId}>
      <h2 slot="header">Chats</h2>
    </ConversationList>
    <MessageList
      ref={list}
      key="messages"
      maxRecallDuration={300}
      onTapMessage={({ detail }) => detail.message}
      style={{ color: 'red' }}
    />
    <MessageEditor {...editor} />
  </IMProvider>
)

export const tags = (
  <im-provider kit={createIMKit()} className="chat">
    <conversation-list ontapConversation={({ detail }) => detail.targetId} base-size="18px" />
    <message-list ref={list} maxRecallDuration={300} max-recall-duration="300" />
  </im-provider>
)

export const wrong = [
  // @ts-expect-error there is no such property
  <MessageList recallDuration={300} />,
  // @ts-expect-error seconds are a number
  <MessageList maxRecallDuration="300" />,
  // @ts-expect-error there is no such event
  <MessageList onTapMessages={() => {}} />,
  // @ts-expect-error the detail is a conversation
  <ConversationList onTapConversation={({ detail }) => detail.messageUId} />,
  // @ts-expect-error there is no such property
  <message-list recallDuration={300} />,
  // @ts-expect-error seconds are a number
  <message-list maxRecallDuration="many" />,
  // @ts-expect-error nor are they any text as an attribute
  <message-list max-recall-duration="many" />,
  // @ts-expect-error there is no such event
  <message-list onTapMessage={() => {}} />,
  // @ts-expect-error the detail is a conversation
  <conversation-list ontapConversation={({ detail }) => detail.messageUId} />,
]
