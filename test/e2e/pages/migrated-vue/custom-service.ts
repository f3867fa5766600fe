import { ConversationType } from '@rongcloud/engine'
import type { IConversationOption } from '@rongcloud/imlib-next'

const nameOf = (id: string) => id.charAt(0).toUpperCase() + id.slice(1)

export default {
  getUserProfile: (userId: string) => Promise.resolve({ id: userId, name: nameOf(userId) }),

  getConversationProfile: (conversations: IConversationOption[]) =>
    Promise.all(
      conversations.map((conversation) => {
        const { conversationType, targetId } = conversation
        const isGroup = conversationType === ConversationType.GROUP
        return Promise.resolve({
          ...conversation,
          name: isGroup ? 'The group' : nameOf(targetId),
          memberCount: isGroup ? 3 : undefined,
        })
      }),
    ),

  getGroupMembers: () =>
    Promise.resolve(
      ['alice', 'bob', 'carol'].map((id) => ({ id, name: nameOf(id), groupNickname: '' })),
    ),
}
