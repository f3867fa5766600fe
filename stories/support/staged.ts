/** Puts a story on a stage: Storybook's loader, which runs before the story is drawn. */
import { Stage, type Script, type StageOptions } from './stage.js'

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
