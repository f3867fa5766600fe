/** Text that travels with a mark at its end, which nobody sees: in place of encryption. */
const mark = ' (encrypted)'

interface Content {
  content?: string
}

const unmarked = (content: Content) => {
  if (typeof content.content === 'string') content.content = content.content.replace(mark, '')
  return content
}

export default {
  willSendMessage: (content: Content, _type: number, _targetId: string, messageType: string) => {
    if (messageType === 'RC:TxtMsg') content.content += mark
    return content
  },
  willDisplayMessages: unmarked,
  willDisplayConversationMessage: unmarked,
}
