/** Enums of the original that only its own calls use. Numbers are the documents'. */

/** Where the connection stands. */
export enum ConnectionStatus {
  CONNECTED = 0,
  CONNECTING = 1,
  /** `disconnect` was called, or nobody has connected yet. */
  DISCONNECTED = 2,
  /** No network; the client keeps trying. */
  NETWORK_UNAVAILABLE = 3,
  /** The link is gone; the client keeps trying. */
  CONNECTION_CLOSED = 4,
  KICKED_OFFLINE_BY_OTHER_CLIENT = 6,
  BLOCKED = 9,
  DOMAIN_INCORRECT = 12,
}

/** For `logOutputLevel`. */
export enum LogL {
  ERROR = 1,
  WARN = 2,
  INFO = 3,
  DEBUG = 4,
}

/** For the `logLevel` of older versions. */
export enum LogLevel {
  DEBUG = 0,
  INFO = 1,
  WARN = 2,
  ERROR = 3,
  FATAL = 4,
  NONE = 1000,
}

/** The vendor's data centres. */
export enum AreaCode {
  BJ = 1,
  SG = 2,
  NA = 3,
  SG_B = 4,
  SA = 5,
  OM = 6,
}

export enum FileType {
  IMAGE = 1,
  AUDIO = 2,
  VIDEO = 3,
  FILE = 4,
  SIGHT = 5,
  COMBINE_HTML = 6,
}
