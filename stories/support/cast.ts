/** Who appears in the stories. */
import type { LocalUser } from '../../src/backends/local/index.js'
import { ConversationType, type ConversationId } from '../../src/model/conversation.js'
import { drawPortrait } from './portraits.js'

/** Whose screen the stories show. */
export const me = 'lin'

export const cast: readonly LocalUser[] = [
  {
    id: me,
    name: '林夏',
    portraitUri: drawPortrait({
      backdrop: '#cfe3f7',
      skin: '#f2c9a5',
      hair: '#2b2a33',
      shirt: '#3f6fd1',
      cut: 'long',
    }),
  },
  {
    id: 'ana',
    name: 'Ana Sousa',
    portraitUri: drawPortrait({
      backdrop: '#fde2c8',
      skin: '#d89b6c',
      hair: '#4a2c1f',
      shirt: '#b8423f',
      cut: 'curly',
    }),
  },
  {
    id: 'ben',
    name: 'Ben Okafor',
    portraitUri: drawPortrait({
      backdrop: '#d9f0e1',
      skin: '#7a4a31',
      hair: '#1d1815',
      shirt: '#2f7d62',
      cut: 'short',
    }),
  },
  {
    id: 'mei',
    name: '陈美',
    portraitUri: drawPortrait({
      backdrop: '#f6d8e4',
      skin: '#f5d3b3',
      hair: '#38221c',
      shirt: '#7c5cc4',
      cut: 'bun',
    }),
  },
  {
    id: 'noor',
    name: 'نور الهدى',
    portraitUri: drawPortrait({
      backdrop: '#e8e1f7',
      skin: '#d9a982',
      hair: '#406a86',
      shirt: '#2c4a63',
      cut: 'scarf',
    }),
  },
  // Without pictures: their initials stand for them.
  { id: 'yael', name: 'יעל כהן' },
  { id: 'karl', name: 'Karl-Friedrich von Hohenstein-Wittelsbach zu Sankt Georgenberg' },
  { id: 'service', name: 'Harbour Post' },
]

/** A private conversation, as seen by whoever is not `userId`. */
export function chatWith(userId: string): ConversationId {
  return { conversationType: ConversationType.PRIVATE, targetId: userId }
}
