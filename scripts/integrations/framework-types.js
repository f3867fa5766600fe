/** The declarations that make the tags known to the templates of frameworks: JSX, Vue, Svelte. */

/** React 19's JSX: `<message-list customMenu={…} ontapMessage={…}>`. */
export const jsxTypes = `import type { DetailedHTMLProps, HTMLAttributes } from 'react'
import type { ElementEvents, ElementProperties } from './elements.js'

type Own<Tag extends keyof ElementProperties> = ElementProperties[Tag] & {
  [Name in keyof ElementEvents[Tag] & string as \`on\${Name}\`]?: (
    event: ElementEvents[Tag][Name],
  ) => void
}

type Native<Tag extends keyof ElementProperties> = DetailedHTMLProps<
  HTMLAttributes<HTMLElementTagNameMap[Tag]>,
  HTMLElementTagNameMap[Tag]
>

/** What each tag takes in JSX. */
export type ImkitElements = {
  [Tag in keyof ElementProperties]: Omit<Native<Tag>, keyof Own<Tag>> & Own<Tag>
}

declare module 'react' {
  namespace JSX {
    interface IntrinsicElements extends ImkitElements {}
  }
}
`

/** Vue's templates: \`<message-list :custom-menu="…" @tap-message="…">\`. */
export const vueTypes = `import type { EmitFn, HTMLAttributes, PublicProps } from 'vue'
import type { ElementEvents, ElementProperties, Written } from './elements.js'

type Listeners<Events> = {
  [Name in keyof Events & string as \`on\${Capitalize<Name>}\`]?: (event: Events[Name]) => void
}

/** What each tag takes in a template. */
export type ImkitElements = {
  [Tag in keyof ElementProperties]: new () => HTMLElementTagNameMap[Tag] & {
    $props: Omit<HTMLAttributes, keyof ElementProperties[Tag]> & {
      [Name in keyof ElementProperties[Tag]]: Written<ElementProperties[Tag][Name]>
    } & Listeners<ElementEvents[Tag]> &
      PublicProps
    $emit: EmitFn<{
      [Name in keyof ElementEvents[Tag]]: (event: ElementEvents[Tag][Name]) => void
    }>
  }
}

declare module 'vue' {
  interface GlobalComponents extends ImkitElements {}
}
`

/** Svelte 5's markup: \`<message-list customMenu={…} ontapMessage={…}>\`. */
export const svelteTypes = `import type { HTMLAttributes } from 'svelte/elements'
import type { ElementEvents, ElementProperties } from './elements.js'

type Own<Tag extends keyof ElementProperties> = ElementProperties[Tag] & {
  [Name in keyof ElementEvents[Tag] & string as \`on\${Name}\`]?: (
    event: ElementEvents[Tag][Name],
  ) => void
}

/** What each tag takes in markup. */
export type ImkitElements = {
  [Tag in keyof ElementProperties]: Omit<
    HTMLAttributes<HTMLElementTagNameMap[Tag]>,
    keyof Own<Tag>
  > &
    Own<Tag>
}

declare module 'svelte/elements' {
  interface SvelteHTMLElements extends ImkitElements {}
}
`
