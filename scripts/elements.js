/**
 * The elements as the comments in components/ describe them. Everything that is generated about
 * them (the manifest, tables, types, wrappers, editor data) starts here.
 */
import { existsSync, readFileSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
// @ts-expect-error The package's declarations leave these out.
import { create, ts } from '@custom-elements-manifest/analyzer'
// @ts-expect-error Nor has this file any.
import { litPlugin } from '@custom-elements-manifest/analyzer/src/features/framework-plugins/lit/lit.js'
import { root } from './set-up.js'

/**
 * @typedef {{ name: string, description?: string, default?: string, type?: { text: string } }} Entry
 * @typedef {Entry & {
 *   kind: string, static?: boolean, readonly?: boolean, privacy?: string, attribute?: string,
 *   parameters?: Entry[], return?: { type: { text: string } }
 * }} Member
 * @typedef {Entry & { fieldName?: string }} Attribute
 * @typedef {{
 *   kind: string, name: string, tagName?: string, customElement?: boolean,
 *   superclass?: { name: string }, description?: string, members?: Member[],
 *   attributes?: Attribute[], events?: Entry[], slots?: Entry[], cssParts?: Entry[],
 *   cssProperties?: Entry[], cssStates?: Entry[]
 * }} Declaration
 * @typedef {{
 *   tag: string, name: string, module: string, description: string, properties: Member[],
 *   methods: Member[], attributes: Attribute[], events: Entry[], slots: Entry[], parts: Entry[],
 *   tokens: Entry[], states: Entry[]
 * }} PublicElement
 */

/** What a page uses directly comes first; the helpers follow by name. */
export const leading = [
  'im-chat',
  'im-provider',
  'conversation-list',
  'message-list',
  'message-editor',
]

const components = join(root, 'components')

/** Of files with their folders, below components/. */
const sources = readdirSync(components, { recursive: true })
  .map((file) => String(file).replaceAll('\\', '/'))
  .filter((file) => file.endsWith('.ts'))
  .sort()

/** @type {{ path: string, declarations?: Declaration[] }[]} */
const modules = create({
  modules: sources.map((file) =>
    ts.createSourceFile(
      `components/${file}`,
      readFileSync(join(components, file), 'utf8'),
      ts.ScriptTarget.ES2015,
      true,
    ),
  ),
  plugins: litPlugin(),
  context: { dev: false },
}).modules

/** Each folder of components/ with a definition is an element that a page may use. */
const tags = readdirSync(components)
  .filter((folder) => existsSync(join(components, folder, `${folder}.define.ts`)))
  .sort((one, other) => rank(one) - rank(other) || one.localeCompare(other))

/** @type {PublicElement[]} */
export const elements = tags.map(describe)

/**
 * The manifest (https://github.com/webcomponents/custom-elements-manifest) of what a page may use:
 * what is private in a class is left out. Modules are those of the package.
 */
export const manifest = {
  schemaVersion: '2.1.0',
  readme: 'README.md',
  modules: elements.map((element) => {
    const module = packaged(element.module)
    const definition = packaged(element.module.replace(/\.ts$/, '.define.ts'))
    const reference = { name: element.name, module }
    return {
      kind: 'javascript-module',
      path: module,
      declarations: [
        {
          kind: 'class',
          customElement: true,
          name: element.name,
          tagName: element.tag,
          description: element.description,
          members: [...element.properties, ...element.methods],
          attributes: element.attributes,
          events: element.events,
          slots: element.slots,
          cssParts: element.parts,
          cssProperties: element.tokens,
          cssStates: element.states,
        },
      ],
      exports: [
        { kind: 'js', name: element.name, declaration: reference },
        {
          kind: 'custom-element-definition',
          name: element.tag,
          declaration: reference,
          definition,
        },
      ],
    }
  }),
}

/** Where the build puts the module of a source. @param {string} source */
export function packaged(source) {
  return `dist/${source.replace(/\.ts$/, '.js')}`
}

/** @param {string} tag @returns {PublicElement} */
function describe(tag) {
  const module = `components/${tag}/${tag}.ts`
  const className = tag.replaceAll('-', '')
  const declaration = modules
    .find(({ path }) => path === module)
    ?.declarations?.find(({ kind, name }) => kind === 'class' && name.toLowerCase() === className)
  if (!declaration) throw new Error(`${module} has no class for <${tag}>.`)
  const members = (declaration.members ?? []).filter(isPublic).map(withoutInheritance)
  return {
    tag,
    name: declaration.name,
    module,
    description: declaration.description ?? '',
    properties: members.filter(({ kind }) => kind === 'field'),
    methods: members.filter(({ kind }) => kind === 'method'),
    attributes: (declaration.attributes ?? []).map(withoutInheritance),
    // The analyzer also lists what it takes for events in the code, without a word about them.
    events: (declaration.events ?? []).filter(({ description }) => description),
    slots: declaration.slots ?? [],
    parts: declaration.cssParts ?? [],
    tokens: declaration.cssProperties ?? [],
    states: declaration.cssStates ?? [],
  }
}

/** What the browser's own classes have is no news: `focus()`, `role`. @param {Member} member */
function isPublic({ name, privacy = 'public', static: isStatic }) {
  const isNative = ['focus', 'blur', 'role'].includes(name)
  return !isStatic && !isNative && privacy === 'public' && !name.startsWith('#')
}

/** The class it comes from is none of the package's elements. @template {Entry} T @param {T} entry */
function withoutInheritance(entry) {
  /** @type {T & { inheritedFrom?: unknown }} */
  const { inheritedFrom: _, ...own } = entry
  return /** @type {T} */ (own)
}

/** @param {string} tag */
function rank(tag) {
  const index = leading.indexOf(tag)
  return index < 0 ? leading.length : index
}
