/** Names of what several files speak of; those of one file stand in it. */

/** What is ours on the wire. */
export const NS_IMKIT = 'urn:imkit:0'
/** The server gives a message one place in the archives of all who have it (server/). */
export const NS_PLACES = 'urn:imkit:0:places'
/** The server tells a sender the place of a message to a user (server/). */
export const NS_ACKNOWLEDGES = 'urn:imkit:0:ack'
/** The server tells who writes to somebody that they are blocked, and keeps nothing (server/). */
export const NS_TELLS_BLOCKED = 'urn:imkit:0:blocking'
/** What is asked of the companion (server/companion). */
export const NS_COMPANION = 'urn:imkit:companion:0'
export const NS_PUSH = 'urn:xmpp:push:0'
export const NS_JSON = 'urn:xmpp:json:0'
export const NS_STANZA_ID = 'urn:xmpp:sid:0'
export const NS_HINTS = 'urn:xmpp:hints'
export const NS_FORWARD = 'urn:xmpp:forward:0'
export const NS_CARBONS = 'urn:xmpp:carbons:2'
export const NS_DELAY = 'urn:xmpp:delay'
export const NS_ARCHIVE = 'urn:xmpp:mam:2'
export const NS_MARKERS = 'urn:xmpp:chat-markers:0'
export const NS_CHAT_STATES = 'http://jabber.org/protocol/chatstates'
export const NS_CORRECT = 'urn:xmpp:message-correct:0'
export const NS_REACTIONS = 'urn:xmpp:reactions:0'
export const NS_RETRACT = 'urn:xmpp:message-retract:1'
export const NS_RESULT_SET = 'http://jabber.org/protocol/rsm'
export const NS_DISCO_INFO = 'http://jabber.org/protocol/disco#info'
export const NS_DISCO_ITEMS = 'http://jabber.org/protocol/disco#items'
export const NS_PUBSUB_EVENT = 'http://jabber.org/protocol/pubsub#event'
/** Groups whose members need not be there to be in them (MUC/Sub). */
export const NS_GROUP_SUBSCRIPTIONS = 'urn:xmpp:mucsub:0'
/** Messages of a group, to those who subscribe to it. */
export const NODE_GROUP_MESSAGES = 'urn:xmpp:mucsub:nodes:messages'
