import { ConversationType, MessageDirection } from '@rongcloud/engine'
import type { IAReceivedConversation, IAReceivedMessage } from '@rongcloud/imlib-next'

export default {
  interceptConversation: (conversation: Pick<IAReceivedConversation, 'conversationType'>) =>
    conversation.conversationType === ConversationType.SYSTEM,

  interceptMessage: ({
    content,
    messageDirection,
  }: Pick<IAReceivedMessage, 'content' | 'messageDirection'>) =>
    messageDirection === MessageDirection.RECEIVE && content.extra === 'hidden',
}
