/** Puts a story on a stage: Storybook's loader, which runs before the story is drawn. */
import type { ConversationId } from '../../src/model/conversation.js'
import type { Actor } from './actor.js'
import { chatWith, me } from './cast.js'
import { Stage, type Script, type StageOptions } from './stage.js'
import { minute } from './story-clock.js'

let current: { storyId: string; set: Promise<Stage> } | undefined

/** The end of all stages before. */
let struck: Promise<void> = Promise.resolve()

/** What a story finds in its context. */
export interface Loaded {
  stage?: Stage
}

/**
 * A story that is only drawn anew, with other controls or in another language, keeps its stage, also
 * while that is still being set.
 *
 * @param script what has happened before the story is drawn
 */
export function staged(script: Script = () => {}, options: StageOptions = {}) {
  return async ({ id }: { id: string }): Promise<Loaded> => {
    if (current?.storyId !== id) {
      const set = strikeStage().then(() => Stage.set(id, script, options))
      current = { storyId: id, set }
      // Shown again, the story tries again.
      set.catch(() => {
        if (current?.set === set) current = undefined
      })
    }
    return { stage: await current!.set }
  }
}

/** When a story is left. */
export function strikeStage(): Promise<void> {
  const left = current
  current = undefined
  struck = struck.then(async () => {
    // One that could not be set has been told of where it was waited for.
    const stage = await left?.set.catch(() => undefined)
    await stage?.strike()
  })
  return struck
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
