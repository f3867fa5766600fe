import type { IAReceivedConversation, IAReceivedMessage } from '@rongcloud/imlib-next'

type Log = (line: string) => void

export const conversationCustomMenu = (log: Log) => [
  {
    name: () => 'About',
    callback: ({ targetId }: Pick<IAReceivedConversation, 'targetId'>) =>
      log(`about conversation ${targetId}`),
  },
]

export const messageCustomMenu = (log: Log) => [
  {
    name: (message: Pick<IAReceivedMessage, 'messageType'>) =>
      message.messageType === 'RC:TxtMsg' ? 'About' : '',
    callback: ({ senderUserId }: Pick<IAReceivedMessage, 'senderUserId'>) =>
      log(`about message of ${senderUserId}`),
  },
]
