export const people = [
  { id: 'alice', name: 'Alice' },
  { id: 'bob', name: 'Bob' },
  { id: 'carol', name: 'Carol' },
]

export const nameOf = (id) => people.find((person) => person.id === id)?.name ?? id

export default {
  getUserProfile(userId) {
    return Promise.resolve({ id: userId, name: nameOf(userId), portraitUri: '' })
  },

  getConversationProfile(conversations) {
    return Promise.resolve(
      conversations.map(({ conversationType, targetId, channelId }) => ({
        conversationType,
        targetId,
        channelId,
        name: nameOf(targetId),
        portraitUri: '',
      })),
    )
  },

  getGroupMembers() {
    return Promise.resolve([])
  },
}
