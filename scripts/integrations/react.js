/**
 * A React component for each element: older Reacts set no properties on tags and hear none of their
 * events. Each has a module of its own, so that a page brings in the elements it names.
 */
import { elements } from '../elements.js'

/** What the declarations of all components share. */
const componentTypes = `import type { ForwardRefExoticComponent, HTMLAttributes, RefAttributes } from 'react'
import type { ElementEvents, ElementProperties } from '../integrations/elements.js'

type Pascal<Name extends string> = Name extends \`\${infer Head}-\${infer Tail}\`
  ? \`\${Capitalize<Head>}\${Pascal<Tail>}\`
  : Capitalize<Name>

type Own<Tag extends keyof ElementProperties> = ElementProperties[Tag] & {
  [Name in keyof ElementEvents[Tag] & string as \`on\${Pascal<Name>}\`]?: (
    event: ElementEvents[Tag][Name],
  ) => void
}

export type ElementProps<Tag extends keyof ElementProperties> = Own<Tag> &
  Omit<HTMLAttributes<HTMLElementTagNameMap[Tag]>, keyof Own<Tag>>

export type ElementComponent<Tag extends keyof ElementProperties> = ForwardRefExoticComponent<
  ElementProps<Tag> & RefAttributes<HTMLElementTagNameMap[Tag]>
>
`

/** @returns {Record<string, string>} the files of dist/react/ and their text */
export function reactWrappers() {
  /** @type {Record<string, string>} */
  const files = {
    'component.d.ts': componentTypes,
    'index.js': `'use client'\n${elements.map(({ tag, name }) => `export { ${name} } from './${tag}.js'\n`).join('')}`,
    'index.d.ts': elements
      .map(({ tag, name }) => `export { ${name}, type ${name}Props } from './${tag}.js'\n`)
      .join(''),
  }
  for (const element of elements) {
    files[`${element.tag}.js`] = wrapper(element)
    files[`${element.tag}.d.ts`] = declaration(element)
  }
  return files
}

/** @param {import('../elements.js').PublicElement} element */
function wrapper({ tag, name, module, events }) {
  const path = `../${module.replace(/\.ts$/, '')}`
  const listeners = events.map((event) => `    ${reactName(event.name)}: '${event.name}',\n`)
  return `'use client'
import { createComponent } from '@lit/react'
import * as react from 'react'
import { ${name} as elementClass } from '${path}.js'
import '${path}.define.js'

export const ${name} = /* @__PURE__ */ createComponent({
  react,
  tagName: '${tag}',
  elementClass,
  displayName: '${name}',
  events: {
${listeners.join('')}  },
})
`
}

/** @param {import('../elements.js').PublicElement} element */
function declaration({ tag, name, description }) {
  return `import type { ElementComponent, ElementProps } from './component.js'

export type ${name}Props = ElementProps<'${tag}'>

/** ${description.replaceAll('\n', '\n * ')} */
export declare const ${name}: ElementComponent<'${tag}'>
`
}

/** `tapMessage` is heard by `onTapMessage`, `im-menu-close` by `onImMenuClose`. */
function reactName(/** @type {string} */ event) {
  return `on${event.replaceAll(/(?:^|-)(\w)/g, (_, letter) => letter.toUpperCase())}`
}
