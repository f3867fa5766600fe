/** Items for the menu of a message. */
export const messageMenu = (noteDown) => [
  {
    name: (message) => (message.messageType === 'RC:TxtMsg' ? 'Note down' : ''),
    callback: (message) => noteDown(message.content.content),
  },
]
