/**
 * What Storybook shows about an element (its description, tables, controls, events) from the
 * comments in its source. Storybook's own reading of the manifest keeps one entry for each name, so
 * a part would take the place of a property that is called the same.
 */
import type { ArgTypes, InputType } from 'storybook/internal/types'
import { elements } from 'virtual:custom-elements'
import type { PublicElement } from '../scripts/elements.js'

type Entry = PublicElement['parts'][number]

export function elementOf(component: unknown): PublicElement | undefined {
  return elements.find(({ tag }) => tag === component)
}

export function extractComponentDescription(component: unknown): string | null {
  return elementOf(component)?.description ?? null
}

export function extractArgTypes(component: unknown): ArgTypes | null {
  const element = elementOf(component)
  if (!element) return null
  return {
    ...Object.fromEntries(
      element.properties.map((property) => [property.name, propertyRow(property)]),
    ),
    ...rows('methods', element.methods.map(withSignature)),
    ...rows('events', element.events),
    ...rows('slots', element.slots),
    ...rows('parts', element.parts),
    ...rows('tokens', element.tokens),
    ...rows('states', element.states),
  }
}

/** What the controls of a story begin with: what the properties are unless set, where that is plain. */
export function defaultArgs(component: unknown): Record<string, unknown> {
  const defaults = (elementOf(component)?.properties ?? []).flatMap(
    ({ name, default: value, readonly }): [string, unknown][] => {
      if (readonly || value === undefined) return []
      if (value === 'true' || value === 'false') return [[name, value === 'true']]
      if (value === "''") return [[name, '']]
      return Number.isNaN(Number(value)) ? [] : [[name, Number(value)]]
    },
  )
  return Object.fromEntries(defaults)
}

function propertyRow(property: PublicElement['properties'][number]): InputType {
  const { attribute, readonly, description, type, default: value } = property
  const notes = [
    ...(attribute ? [`Attribute: \`${attribute}\`.`] : []),
    ...(readonly ? ['Read only.'] : []),
  ]
  return {
    name: property.name,
    description: [description, ...notes].filter(Boolean).join('\n\n'),
    control: readonly ? false : controlFor(property.name, type?.text),
    table: {
      category: 'properties',
      type: { summary: type?.text ?? '' },
      ...(value === undefined || value === 'undefined' ? {} : { defaultValue: { summary: value } }),
    },
  }
}

function controlFor(name: string, type = ''): InputType['control'] {
  switch (type.replace(' | undefined', '')) {
    case 'boolean':
      return { type: 'boolean' }
    case 'number':
      return { type: 'number' }
    case 'string':
      return { type: name.toLowerCase().endsWith('background') ? 'color' : 'text' }
    case 'readonly string[]':
      return { type: 'object' }
    default:
      return false
  }
}

/** `(text: string) => void`, in place of a type. */
function withSignature(method: PublicElement['methods'][number]): Entry {
  const parameters = (method.parameters ?? []).map(
    ({ name, type }) => `${name}: ${type?.text ?? 'unknown'}`,
  )
  const text = `(${parameters.join(', ')}) => ${method.return?.type.text ?? 'void'}`
  return { ...method, type: { text } }
}

function rows(category: string, entries: readonly Entry[]): ArgTypes {
  return Object.fromEntries(
    entries.map(({ name, description, type, default: value }) => [
      `${category}: ${name}`,
      {
        name: name || '(default)',
        ...(description ? { description } : {}),
        control: false,
        table: {
          category,
          ...(type?.text ? { type: { summary: type.text } } : {}),
          ...(value ? { defaultValue: { summary: value } } : {}),
        },
      } satisfies InputType,
    ]),
  )
}
