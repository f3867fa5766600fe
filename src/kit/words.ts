/**
 * Every string a user can see or hear. A language is one object of this shape; what depends on a
 * number or a name is a function, so that each language inflects and orders as it needs to.
 */
export interface Words {
  /** As `Intl` and the `lang` attribute take it: `zh-CN`. */
  locale: string
  direction: 'ltr' | 'rtl'

  // Everywhere
  loading: string
  loadFailed: string
  tryAgain: string
  close: string
  cancel: string
  confirm: string
  back: string
  search: string
  noResults: string
  moreActions: string
  /** The user of this page. */
  you: string
  /** Somebody whose name is not known. */
  unknownUser: string
  /** Several names in one line. */
  list: (items: readonly string[]) => string
  fileSize: (bytes: number) => string
  /** Seconds of sound or film, spoken: `5 seconds`. */
  seconds: (count: number) => string

  // Connection
  connecting: string
  noNetwork: string
  disconnected: string
  kickedOffline: string
  blocked: string

  // Conversation list
  conversations: string
  noConversations: string
  loadMoreConversations: string
  draft: string
  mentionedYou: string
  online: string
  pinned: string
  muted: string
  pin: string
  unpin: string
  mute: string
  unmute: string
  deleteConversation: string
  unreadCount: (count: number) => string
  /** Stands for a large number in a badge: `99+`. */
  countOver: (most: number) => string
  systemConversation: string

  // One line for a message
  image: string
  gif: string
  video: string
  voice: string
  file: string
  location: string
  richContent: string
  chatHistory: string
  quote: string
  unknownMessage: string
  /** A line of the list: who said what. */
  said: (name: string, text: string) => string

  // Message list
  messages: string
  noMessages: string
  loadOlder: string
  noOlder: string
  olderUnavailable: string
  unreadBelow: string
  newMessages: (count: number) => string
  toNewest: string
  read: string
  unread: string
  sending: string
  sent: string
  sendFailed: string
  resend: string
  readByCount: (read: number, total: number) => string
  readBy: (count: number) => string
  notReadBy: (count: number) => string
  readByAll: string
  askWhoRead: string
  typing: (names: readonly string[]) => string
  messageFrom: (name: string, time: string) => string
  /** Announced when a message comes. */
  newMessageFrom: (name: string, text: string) => string
  quotedUnavailable: string
  quotedRecalled: string
  showQuoted: string
  uploading: (percent: number) => string
  cancelUpload: string
  showAll: string

  // Message menu
  messageMenu: string
  copy: string
  copied: string
  quoteMessage: string
  forward: string
  editMessage: string
  edited: string
  save: string
  reactWith: (emoji: string) => string
  /** Who gave a message an emoji; `names` is a list already. */
  reactedWith: (emoji: string, names: string) => string
  recall: string
  delete: string
  selectMessages: string

  // Notices
  youRecalled: string
  otherRecalled: (name: string) => string
  adminRecalled: (name: string) => string
  editAgain: string
  groupCreated: (operator: string, group: string) => string
  groupInvited: (operator: string, members: readonly string[]) => string
  groupJoined: (members: readonly string[]) => string
  groupRemoved: (operator: string, members: readonly string[]) => string
  groupLeft: (members: readonly string[]) => string
  groupDismissed: (operator: string) => string
  groupRenamed: (operator: string, name: string) => string

  // Forwarding
  forwardTo: string
  forwardSeparately: string
  forwardMerged: string
  forwardLimit: (most: number) => string
  forwardFailed: string
  forwarded: string
  chosen: (count: number) => string
  /** Title of messages forwarded as one. */
  chatHistoryOf: (names: readonly string[]) => string
  groupChatHistory: string
  messageCount: (count: number) => string

  // Viewers and players
  viewImage: string
  viewVideo: string
  previous: string
  next: string
  zoomIn: string
  zoomOut: string
  download: string
  play: string
  pause: string
  playVoice: (seconds: number) => string
  mediaFailed: string
  playPosition: string
  openLocation: string
  openLink: string

  // Editor
  writeMessage: string
  send: string
  sendImage: string
  sendFile: string
  emoji: string
  emojiSearch: string
  everyone: string
  members: string
  noMembers: string
  noConversationChosen: string
  cannotAnswer: string
  quoting: (name: string) => string
  removeQuote: string
  dropToSend: string
  sendFiles: (count: number) => string
  /** The button that takes a file out again before it is sent. */
  removeFile: (name: string) => string
  wrongImage: string
  emptyFile: string
  fileTooLarge: (mostBytes: number) => string
  messageTooLong: string
  /** A message has reached the server, and the disk is full. */
  sentNotStored: string

  // Whole chat
  chat: string
  chatWith: (name: string) => string
  chooseConversation: string
  memberCount: (count: number) => string

  // Time
  today: string
  yesterday: string

  /** What an error code means to the user, in one sentence. */
  error: (code: number) => string
}
