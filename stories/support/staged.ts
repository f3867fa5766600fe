/** Puts a story on a stage: Storybook's loader, which runs before the story is drawn. */
import type { ConversationId } from '../../src/model/conversation.js'
import type { Actor } from './actor.js'
import { chatWith, me } from './cast.js'
import { Stage, type Script, type StageOptions } from './stage.js'
import { minute } from './story-clock.js'

let current: { storyId: string; stage: Stage } | undefined

/** What a story finds in its context. */
export interface Loaded {
  stage?: Stage
}

/**
 * A story that is only drawn anew, with other controls or in another language, keeps its stage.
 *
 * @param script what has happened before the story is drawn
 */
export function staged(script: Script = () => {}, options: StageOptions = {}) {
  return async ({ id }: { id: string }): Promise<Loaded> => {
    if (current?.storyId === id && current.stage.isOpen) return { stage: current.stage }
    await strikeStage()
    const stage = await Stage.set(id, script, options)
    current = { storyId: id, stage }
    return { stage }
  }
}

/** When a story is left. */
export async function strikeStage(): Promise<void> {
  const left = current
  current = undefined
  await left?.stage.strike()
}

/** The two of a private conversation, and the conversation as each of them sees it. */
export interface Between {
  stage: Stage
  /** `me`, on another device. */
  lin: Actor
  other: Actor
  toOther: ConversationId
  toLin: ConversationId
}

/** The stage in the context of a story that has one. */
export function stageOf({ loaded }: { loaded: Loaded }): Stage {
  return loaded.stage!
}

/** A story in one private conversation, which is open in the end. */
export function between(
  userId: string,
  script: (two: Between) => Promise<void>,
  options: StageOptions = {},
) {
  const toOther = chatWith(userId)
  return staged(async (stage) => {
    const [lin, other] = await Promise.all([stage.actor(me), stage.actor(userId)])
    stage.clock.setBack(4 * minute)
    await script({ stage, lin, other, toOther, toLin: chatWith(me) })
    await stage.enter()
    await stage.kit.clearMessagesUnreadStatus(toOther)
    stage.kit.selectConversation(toOther)
  }, options)
}
