/**
 * The declarations of what each element takes and tells, by tag. Properties and events have the
 * types of the classes; the declarations for JSX, Vue and Svelte are made of these.
 */
import { elements } from '../elements.js'

/** @returns {string} the text of dist/integrations/elements.d.ts */
export function elementTypes() {
  return `${elements.map(({ name, module }) => `import type { ${name} } from '../${module.replace(/\.ts$/, '.js')}'\n`).join('')}
/** As an attribute, numbers and booleans may be written in markup. */
export type Written<Type> = Type extends number
  ? Type | \`\${number}\`
  : Type extends boolean
    ? Type | ''
    : Type

/** The properties of each element, and its attributes where they have another name. */
export interface ElementProperties {
${elements.map(propertiesOf).join('\n')}
}

/** The events of each element. */
export interface ElementEvents {
${elements.map(eventsOf).join('\n')}
}
`
}

/** @param {import('../elements.js').PublicElement} element */
function propertiesOf({ tag, name, properties }) {
  const lines = properties
    .filter((property) => !property.readonly)
    .flatMap((property) => {
      const type = `${name}['${property.name}']`
      const doc = comment(property.description)
      const own = [doc, `    ${property.name}?: ${type}`]
      const { attribute } = property
      return attribute === undefined || attribute === property.name
        ? own
        : [...own, doc, `    '${attribute}'?: Written<${type}>`]
    })
  return [`  '${tag}': {`, ...lines, '  }'].join('\n')
}

/** @param {import('../elements.js').PublicElement} element */
function eventsOf({ tag, events }) {
  const lines = events.flatMap(({ name, description }) => [
    comment(description),
    `    '${name}': HTMLElementEventMap['${name}']`,
  ])
  return [`  '${tag}': {`, ...lines, '  }'].join('\n')
}

function comment(text = '') {
  return `    /** ${text.replaceAll('*/', '*\u200b/').replaceAll(/\s*\n\s*/g, ' ')} */`
}
