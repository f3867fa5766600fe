/** Tells the panel "Actions" of the events that the element of a story has. */
import type { Decorator } from '@storybook/web-components-vite'
import { action } from 'storybook/actions'
import { useEffect } from 'storybook/preview-api'
import { elementOf } from './element-docs.js'

export const toldEvents: Decorator = (story, { component, canvasElement }) => {
  useEffect(() => {
    const ended = new AbortController()
    for (const { name } of elementOf(component)?.events ?? []) {
      const tell = action(name)
      // On the way down, where those that do not bubble can be heard too.
      const options = { capture: true, signal: ended.signal }
      canvasElement.addEventListener(name, (event) => tell((event as CustomEvent).detail), options)
    }
    return () => ended.abort()
  }, [component, canvasElement])
  return story()
}
