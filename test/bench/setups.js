/**
 * One long conversation.
 *
 * @returns {{ name: string, archives: import('./page/archive.ts').Archive[] }}
 */
export function longConversation(/** @type {number} */ count) {
  return { name: `stored-${count}`, archives: [{ id: 'long', count }] }
}
