/** The built-in items of the context menus, as hosts name them to hide them. */

export enum DisabledMessageContextMenu {
  Forward = 0,
  Delete = 1,
  Recall = 2,
  Reference = 3,
  Copy = 4,
  /** Another text for an own message; hidden with `Recall` too. Not in the original. */
  Edit = 5,
  /** Emoji for a message; hidden with `Reference` too. Not in the original. */
  React = 6,
}

/** Each item hides both directions: `Top` pinning and unpinning. */
export enum DisabledConversationContextMenu {
  Top = 0,
  Notification = 1,
  Delete = 2,
}

/** The original's spelling. */
export { DisabledConversationContextMenu as DisabledConversationontextMenu }
