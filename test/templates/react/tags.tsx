// What React 19 checks in tags. An error belongs on the line after each "wrong:", and on no other.
import 'imkit/jsx'
import { imkit } from 'imkit'
import { local } from 'imkit/backends/local'

export const right = (
  <>
    <conversation-list
      customMenu={[{ name: () => 'Archive', callback: ({ targetId }) => void targetId }]}
      hideNotificUnreadCount
      ontapConversation={({ detail }) => void detail.targetId}
    />
    <message-list
      className="list"
      maxRecallDuration={60}
      forwardList={{ callback: async () => [] }}
      ontapMessage={({ detail }) => void detail.message.messageUId}
    />
  </>
)

export const wrongProperties = (
  <>
    {/* wrong: a property that is none */}
    <message-list recallDuration={60} />
    {/* wrong: the type of a property */}
    <message-list maxRecallDuration="soon" />
    {/* wrong: what a name gives */}
    <message-list customMenu={[{ name: () => 5, callback: () => {} }]} />
    {/* wrong: what the dialog gives */}
    <message-list forwardList={{ callback: () => 'bob' }} />
  </>
)

export const wrongEvents = (
  <>
    {/* wrong: the name of an event */}
    <message-list ontapMesage={() => {}} />
    {/* wrong: what an event tells */}
    <conversation-list ontapConversation={({ detail }) => void detail.messageUId} />
  </>
)

imkit.init({
  appkey: 'types',
  backend: local(),
  customIntercept: {
    interceptMessage: ({ messageType }) => messageType === 'app:hidden',
    // wrong: what a hook gives
    interceptConversation: () => 'no',
  },
  service: {
    // wrong: what a callback gives
    getUserProfile: (id) => id.length,
  },
  customMessage: {
    userMessage: {
      'app:card': ({ content }) => content['title'],
      // wrong: what a renderer gives
      'app:other': () => 5,
    },
  },
})
