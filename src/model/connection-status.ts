/** Where the connection stands. Numbers are the documents'. */
export enum ConnectionStatus {
  CONNECTED = 0,
  CONNECTING = 1,
  /** the user called `disconnect`, or nobody has connected yet */
  DISCONNECTED = 2,
  /** no network; the client keeps trying */
  NETWORK_UNAVAILABLE = 3,
  /** the link is gone; the client keeps trying */
  SOCKET_UNAVAILABLE = 4,
  KICKED_OFFLINE_BY_OTHER_CLIENT = 6,
  BLOCKED = 9,
  DOMAIN_INCORRECT = 12,
}
