/** The elements, as scripts/elements.js reads them from their comments; .storybook/vite.config.ts makes it. */
declare module 'virtual:custom-elements' {
  import type { PublicElement } from '../scripts/elements.js'
  export const elements: readonly PublicElement[]
}
