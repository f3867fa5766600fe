// What is checked in the components of imkit/react, for any React.
import { ConversationList, MessageList } from 'imkit/react'

export const right = (
  <>
    <ConversationList onTapConversation={({ detail }) => void detail.targetId} />
    <MessageList style={{ height: '100%' }} maxRecallDuration={60} />
  </>
)

export const wrong = (
  <>
    {/* wrong: a property that is none */}
    <MessageList recallDuration={60} />
    {/* wrong: the type of a property */}
    <MessageList maxRecallDuration="soon" />
    {/* wrong: the name of an event */}
    <MessageList onTapMesage={() => {}} />
    {/* wrong: what an event tells */}
    <ConversationList onTapConversation={({ detail }) => void detail.messageUId} />
  </>
)
