/**
 * Writes the tables of the elements (properties, events, slots, parts, tokens) into docs/elements.md
 * and README.md from the comments in the source. With `--check` it only says whether they are up to date.
 */
import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { join, relative } from 'node:path'
import { argv, exit } from 'node:process'
import { format, resolveConfig } from 'prettier'
import { elements, leading } from './elements.js'
import { root } from './set-up.js'

/** @typedef {import('./elements.js').PublicElement} PublicElement */

const page = join(root, 'docs/elements.md')
const readme = join(root, 'README.md')

/** @param {string | undefined} text */
const cell = (text) =>
  String(text ?? '')
    .replaceAll('|', '\\|')
    .replaceAll(/\s*\n\s*/g, ' ')
    .trim()
/** @param {string | undefined} text */
const code = (text) => (text ? `\`${cell(text)}\`` : '')

/**
 * @param {string} title
 * @param {string[]} head
 * @param {string[][]} rows
 */
function table(title, head, rows) {
  if (!rows.length) return ''
  /** @param {string[]} cells */
  const line = (cells) => `| ${cells.join(' | ')} |`
  return [`### ${title}`, '', line(head), line(head.map(() => '---')), ...rows.map(line), ''].join(
    '\n',
  )
}

/** @param {PublicElement} element */
function section({ tag, description, properties, events, slots, parts, tokens, states }) {
  return [
    `## \`<${tag}>\``,
    '',
    description,
    '',
    table(
      'Properties',
      ['property', 'attribute', 'type', 'default', ''],
      properties
        .filter(({ readonly }) => !readonly)
        .map(({ name, attribute, type, default: value, description }) => [
          code(name),
          code(attribute),
          code(type?.text),
          code(value),
          cell(description),
        ]),
    ),
    table(
      'Events',
      ['event', 'type', ''],
      events.map(({ name, type, description }) => [
        code(name),
        code(type?.text),
        cell(description),
      ]),
    ),
    table(
      'Slots',
      ['slot', ''],
      slots.map(({ name, description }) => [code(name || '(default)'), cell(description)]),
    ),
    table(
      'Parts',
      ['part', ''],
      parts.map(({ name, description }) => [code(name), cell(description)]),
    ),
    table(
      'Tokens',
      ['token', 'default', ''],
      tokens.map(({ name, default: value, description }) => [
        code(name),
        code(value),
        cell(description),
      ]),
    ),
    table(
      'States',
      ['state', ''],
      states.map(({ name, description }) => [code(name), cell(description)]),
    ),
  ].join('\n')
}

/** @param {string} file @param {string} markdown */
const formatted = async (file, markdown) =>
  format(markdown, { ...(await resolveConfig(file)), parser: 'markdown', filepath: file })

const all = elements.map(section).join('\n')
const main = elements
  .filter(({ tag }) => leading.includes(tag))
  .map(section)
  .join('\n')
  .replaceAll(/^#/gm, '##')
const pages = new Map([
  [
    page,
    await formatted(
      page,
      `# The elements\n\nMade from the comments in \`components/\` by \`npm run docs\`: change them there.\n\n${all}`,
    ),
  ],
  [readme, withTables(readFileSync(readme, 'utf8'), await formatted(readme, main))],
])

/**
 * The README with the tables of the elements a page uses between its two marks.
 * @param {string} text
 * @param {string} tables
 */
function withTables(text, tables) {
  const [start, end] = ['<!-- elements -->', '<!-- /elements -->']
  const before = text.slice(0, text.indexOf(start) + start.length)
  return `${before}\n\n${tables}\n${text.slice(text.indexOf(end))}`
}

for (const [file, text] of pages) {
  if (!argv.includes('--check')) {
    writeFileSync(file, text)
  } else if (!existsSync(file) || readFileSync(file, 'utf8') !== text) {
    console.error(`${relative(root, file)} is behind the source: run \`npm run docs\`.`)
    exit(1)
  }
}
