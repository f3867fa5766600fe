/**
 * Writes the tables of the elements (properties, events, slots, parts, tokens) into docs/elements.md
 * from the comments in the source. With `--check` it only says whether the page is up to date.
 */
import { readFileSync, readdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
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
 *   kind: string, customElement?: boolean, description?: string, members?: Member[], events?: Entry[],
 *   slots?: Entry[], cssParts?: Entry[], cssProperties?: Entry[], cssStates?: Entry[]
 * }} Declaration
 */

const root = join(import.meta.dirname, '..')
const page = join(root, 'docs/elements.md')

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
const declarations = new Map(
  modules.flatMap(({ path, declarations = [] }) =>
    declarations
      .filter(({ kind, customElement }) => kind === 'class' && customElement)
      .map((declaration) => /** @type {const} */ ([path, declaration])),
  ),
)

const sections = folders.flatMap((folder) => {
  const declaration = declarations.get(`components/${folder}/${folder}.ts`)
  return declaration ? [section(folder, declaration)] : []
})

const text = await format(
  `# The elements\n\nMade from the comments in \`components/\` by \`npm run docs\`: change them there.\n\n${sections.join('\n')}`,
  { ...(await resolveConfig(page)), parser: 'markdown', filepath: page },
)

if (argv.includes('--check')) {
  let written = ''
  try {
    written = readFileSync(page, 'utf8')
  } catch {
    // A page that is not there is not up to date.
  }
  if (written !== text) {
    console.error('docs/elements.md is behind the source: run `npm run docs`.')
    exit(1)
  }
} else {
  writeFileSync(page, text)
}
