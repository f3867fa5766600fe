/**
 * Writes the tables of the elements (properties, events, slots, parts, tokens) into docs/elements.md
 * and README.md from the comments in the source. With `--check` it only says whether they are up to date.
 */
import { existsSync, readFileSync, readdirSync, writeFileSync } from 'node:fs'
import { join, relative } from 'node:path'
import { argv, exit } from 'node:process'
// @ts-expect-error The package's declarations leave these out.
import { create, ts } from '@custom-elements-manifest/analyzer'
// @ts-expect-error Nor has this file any.
import { litPlugin } from '@custom-elements-manifest/analyzer/src/features/framework-plugins/lit/lit.js'
import { format, resolveConfig } from 'prettier'

/**
 * @typedef {{ name: string, description?: string, default?: string, type?: { text: string } }} Entry
 * @typedef {Entry & { kind: string, static?: boolean, readonly?: boolean, privacy?: string, attribute?: string }} Member
 * @typedef {{
 *   kind: string, name: string, superclass?: { name: string }, description?: string,
 *   members?: Member[], events?: Entry[],
 *   slots?: Entry[], cssParts?: Entry[], cssProperties?: Entry[], cssStates?: Entry[]
 * }} Declaration
 */

const root = join(import.meta.dirname, '..')
const page = join(root, 'docs/elements.md')
const readme = join(root, 'README.md')

/** What a page uses directly comes first; the helpers follow by name. */
const leading = ['im-chat', 'im-provider', 'conversation-list', 'message-list', 'message-editor']

const components = join(root, 'components')
const folders = readdirSync(components, { withFileTypes: true })
  .filter((entry) => entry.isDirectory() && entry.name !== 'internal')
  .map(({ name }) => name)
  .sort((one, other) => rank(one) - rank(other) || one.localeCompare(other))

/** @param {string} name */
function rank(name) {
  const index = leading.indexOf(name)
  return index < 0 ? leading.length : index
}

/** @returns {{ modules: { path: string, declarations?: Declaration[] }[] }} */
function manifest() {
  const files = readdirSync(components, { recursive: true })
    .map(String)
    .filter((file) => file.endsWith('.ts'))
  const modules = files.map((file) =>
    ts.createSourceFile(
      `components/${file.replaceAll('\\', '/')}`,
      readFileSync(join(components, file), 'utf8'),
      ts.ScriptTarget.ES2015,
      true,
    ),
  )
  return create({ modules, plugins: litPlugin(), context: { dev: false } })
}

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

/**
 * @param {string} tag
 * @param {Declaration} declaration
 */
function section(tag, declaration) {
  /** @param {Member} member */
  const isPublic = (member) =>
    member.kind === 'field' &&
    !member.static &&
    !member.readonly &&
    (member.privacy ?? 'public') === 'public' &&
    !member.name.startsWith('#') &&
    (member.attribute !== undefined || member.description !== undefined)
  const properties = (declaration.members ?? []).filter(isPublic)
  return [
    `## \`<${tag}>\``,
    '',
    declaration.description ?? '',
    '',
    table(
      'Properties',
      ['property', 'attribute', 'type', 'default', ''],
      properties.map(({ name, attribute, type, default: value, description }) => [
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
      (declaration.events ?? [])
        .filter(({ name, description }) => name && description)
        .map(({ name, type, description }) => [code(name), code(type?.text), cell(description)]),
    ),
    table(
      'Slots',
      ['slot', ''],
      (declaration.slots ?? []).map(({ name, description }) => [
        code(name || '(default)'),
        cell(description),
      ]),
    ),
    table(
      'Parts',
      ['part', ''],
      (declaration.cssParts ?? []).map(({ name, description }) => [code(name), cell(description)]),
    ),
    table(
      'Tokens',
      ['token', 'default', ''],
      (declaration.cssProperties ?? []).map(({ name, default: value, description }) => [
        code(name),
        code(value),
        cell(description),
      ]),
    ),
    table(
      'States',
      ['state', ''],
      (declaration.cssStates ?? []).map(({ name, description }) => [code(name), cell(description)]),
    ),
  ]
    .filter((part) => part !== undefined)
    .join('\n')
}

const { modules } = manifest()
const classes = modules.flatMap(({ path, declarations = [] }) =>
  declarations.filter(({ kind }) => kind === 'class').map((declaration) => ({ path, declaration })),
)

/** The class of an element, with the properties of the classes it extends. @param {string} tag */
function classOf(tag) {
  const name = tag.replaceAll('-', '')
  const own = classes.find(
    ({ path, declaration }) =>
      path === `components/${tag}/${tag}.ts` && declaration.name.toLowerCase() === name,
  )?.declaration
  const parent = classes.find(
    ({ declaration }) => declaration.name === own?.superclass?.name,
  )?.declaration
  return own && { ...own, members: [...(own.members ?? []), ...(parent?.members ?? [])] }
}

/** @param {string[]} tags */
const sections = (tags) =>
  tags.flatMap((tag) => {
    const declaration = classOf(tag)
    return declaration ? [section(tag, declaration)] : []
  })

/** @param {string} file @param {string} markdown */
const formatted = async (file, markdown) =>
  format(markdown, { ...(await resolveConfig(file)), parser: 'markdown', filepath: file })

const all = sections(folders).join('\n')
const main = sections(leading).join('\n').replaceAll(/^#/gm, '##')
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
