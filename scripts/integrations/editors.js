/** What editors offer while one types: tags, attributes, slots, parts and tokens. */
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { elements } from '../elements.js'
import { root } from '../set-up.js'

const themes = readFileSync(join(root, 'themes/tokens.css'), 'utf8')

/** https://code.visualstudio.com/api/extension-guides/custom-data-extension, for `html.customData` */
export function htmlCustomData() {
  return {
    version: 1.1,
    tags: elements.map(({ tag, description, attributes }) => ({
      name: tag,
      description: { kind: 'markdown', value: description },
      attributes: attributes.map(({ name, description, type }) => ({
        name,
        description,
        ...(type?.text === 'boolean' && { valueSet: 'v' }),
      })),
    })),
  }
}

/** The same for style sheets: `css.customData`. */
export function cssCustomData() {
  return {
    version: 1.1,
    properties: tokens(),
    pseudoElements: elements.flatMap(({ tag, parts }) =>
      parts.map(({ name, description }) => ({
        name: `::part(${name})`,
        description: `<${tag}>: ${description}`,
      })),
    ),
  }
}

/** Of the themes and of single elements, each once. */
function tokens() {
  /** @type {Map<string, string>} */
  const described = new Map()
  for (const [, name = '', value = ''] of themes.matchAll(/(--im-[\w-]+):\s*([^;]+);/g)) {
    described.set(name, `Default: ${value.replaceAll(/\s+/g, ' ')}`)
  }
  for (const { tag, tokens } of elements) {
    for (const { name, description = '', default: value } of tokens) {
      if (described.has(name)) continue
      described.set(name, `<${tag}>: ${description}${value ? `. Default: ${value}` : ''}`)
    }
  }
  return Array.from(described, ([name, description]) => ({ name, description }))
}

/** https://github.com/JetBrains/web-types, found through `web-types` in package.json. */
export function webTypes(/** @type {string} */ version) {
  return {
    $schema: 'https://raw.githubusercontent.com/JetBrains/web-types/master/schema/web-types.json',
    name: 'imkit',
    version,
    'description-markup': 'markdown',
    contributions: {
      html: {
        elements: elements.map((element) => ({
          name: element.tag,
          description: element.description,
          attributes: element.attributes.map(valued),
          slots: element.slots.map(({ name, description }) => ({ name, description })),
          js: {
            properties: element.properties.map(valued),
            events: element.events.map(({ name, description }) => ({ name, description })),
          },
          css: {
            parts: element.parts.map(({ name, description }) => ({ name, description })),
            properties: element.tokens.map(({ name, description, default: value }) => ({
              name,
              description,
              ...(value && { default: value }),
            })),
          },
        })),
      },
    },
  }
}

/** @param {import('../elements.js').Entry} entry */
function valued({ name, description, type, default: value }) {
  return {
    name,
    description,
    value: { type: type?.text ?? 'string' },
    ...(value && { default: value }),
  }
}
