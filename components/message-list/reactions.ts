/** What others say to a message by way of emoji: a button for each, below the bubble. */
import { html, nothing } from 'lit'
import { repeat } from 'lit/directives/repeat.js'
import type { Message } from '../../src/model/message.js'
import type { Scene } from './scene.js'

export interface Reaction {
  emoji: string
  userIds: string[]
}

/** By emoji, the one that most have given first. */
export function reactionsOf({ reactions = {} }: Pick<Message, 'reactions'>): Reaction[] {
  const byEmoji = new Map<string, string[]>()
  for (const [userId, given] of Object.entries(reactions)) {
    for (const emoji of given) byEmoji.set(emoji, [...(byEmoji.get(emoji) ?? []), userId])
  }
  return Array.from(byEmoji, ([emoji, userIds]) => ({ emoji, userIds })).sort(
    (one, other) => other.userIds.length - one.userIds.length,
  )
}

/** What a user has to say to a message once they have given an emoji, or taken it back. */
export function toggled(
  { reactions = {} }: Pick<Message, 'reactions'>,
  userId: string,
  emoji: string,
): string[] {
  const given = reactions[userId] ?? []
  return given.includes(emoji) ? given.filter((it) => it !== emoji) : [...given, emoji]
}

export function renderReactions(message: Message, scene: Scene) {
  const reactions = reactionsOf(message)
  if (!reactions.length) return nothing
  const { words, userId } = scene
  const canReact = scene.canReact(message)
  return html`<div class="reactions" part="reactions">
    ${repeat(
      reactions,
      ({ emoji }) => emoji,
      ({ emoji, userIds }) => {
        const names = words.list(
          userIds.map((id) => (id === userId ? words.you : scene.nameOf(id))),
        )
        return html`<button
          class="reaction"
          part="reaction"
          type="button"
          aria-pressed=${userIds.includes(userId)}
          aria-disabled=${canReact ? nothing : 'true'}
          aria-label=${words.reactedWith(emoji, names)}
          title=${names}
          @click=${() => canReact && scene.react(message, emoji)}
        >
          <span aria-hidden="true">${emoji}</span>
          <span class="count" aria-hidden="true">${userIds.length}</span>
        </button>`
      },
    )}
  </div>`
}
