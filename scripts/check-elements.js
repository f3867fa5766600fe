/**
 * Says where the comments of an element and its code differ: what is public and not described, what
 * is described and not there. The manifest, the types and the documentation are made from these
 * comments, so what they say must be so.
 */
import { readFileSync, readdirSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { pathToFileURL } from 'node:url'
import ts from 'typescript'
import { elements } from './elements.js'
import { root } from './set-up.js'

/**
 * What the code of one element has. Where a template takes a part or a slot from an expression, any
 * string of that file may be meant.
 * @typedef {{
 *   events: Set<string>, typedEvents: Set<string>, strings: Set<string>, parts: Set<string>,
 *   stringsForParts: Set<string>, slots: Set<string>, stringsForSlots: Set<string>,
 *   tokens: Set<string>, states: Set<string>
 * }} Code
 */

const shared = readCode(sourcesIn('components/internal'))
/** Those of every element, which the themes describe. */
const themes = new Set(
  readFileSync(join(root, 'themes/tokens.css'), 'utf8').match(/--im-[\w-]+(?=:)/g),
)

/**
 * @param {import('./elements.js').PublicElement} element
 * @param {Code} code
 * @returns {string[]} what is wrong, one sentence each
 */
export function differences(element, code) {
  const { tag, properties, methods, attributes } = element
  /** @type {string[]} */
  const wrong = []
  /** @param {string} what */
  const tell = (what) => wrong.push(`<${tag}> ${what}`)

  for (const { name, description, type } of properties) {
    if (!description) tell(`does not describe its property \`${name}\`.`)
    if (!type?.text) tell(`does not give the type of its property \`${name}\`.`)
  }
  for (const { name, description } of methods) {
    if (!description) tell(`does not describe its method \`${name}()\`.`)
  }
  for (const { name, fieldName } of attributes) {
    if (!properties.some((property) => property.name === fieldName)) {
      tell(`has the attribute \`${name}\` of no public property.`)
    }
  }

  /**
   * @param {string} kind
   * @param {import('./elements.js').Entry[]} described
   * @param {Set<string>} present
   * @param {(name: string) => boolean} mayBe
   */
  const compare = (kind, described, present, mayBe = () => false) => {
    const names = described.map(({ name }) => name)
    for (const { name, description } of described) {
      if (!description) tell(`says nothing about its ${kind} "${name}".`)
      if (!present.has(name) && !mayBe(name)) tell(`describes the ${kind} "${name}" and has none.`)
      if (names.indexOf(name) !== names.lastIndexOf(name)) {
        tell(`describes its ${kind} "${name}" twice.`)
      }
    }
    for (const name of present) {
      if (!names.includes(name)) tell(`has the ${kind} "${name}" and does not describe it.`)
    }
  }
  compare('event', element.events, code.events, (name) => code.strings.has(name))
  compare('part', element.parts, code.parts, (name) => code.stringsForParts.has(name))
  compare('slot', element.slots, code.slots, (name) => code.stringsForSlots.has(name))
  compare('state', element.states, code.states)
  const own = new Set([...code.tokens].filter((name) => !themes.has(name)))
  compare('token', element.tokens, own, (name) => code.tokens.has(name) || shared.tokens.has(name))

  const typed = element.events.map(({ name }) => name)
  for (const name of typed.filter((name) => !code.typedEvents.has(name))) {
    tell(`does not add its event "${name}" to HTMLElementEventMap.`)
  }
  for (const name of code.typedEvents) {
    if (!typed.includes(name))
      tell(`adds "${name}" to HTMLElementEventMap and does not describe it.`)
  }
  return wrong
}

/** @param {string[]} sources the text of each file @param {string} [className] @returns {Code} */
export function readCode(sources, className = '') {
  /** @type {Code} */
  const code = {
    events: new Set(),
    typedEvents: new Set(),
    strings: new Set(),
    parts: new Set(),
    stringsForParts: new Set(),
    slots: new Set(),
    stringsForSlots: new Set(),
    tokens: new Set(),
    states: new Set(),
  }
  for (const source of sources) readFile(source, className, code)
  return code
}

/** @param {string} source @param {string} className @param {Code} code */
function readFile(source, className, code) {
  /** @type {string[]} */
  const strings = []
  /** @type {string[]} */
  const templates = []
  /** @param {ts.Node} node */
  const visit = (node) => {
    if (ts.isStringLiteral(node)) strings.push(node.text)
    if (ts.isTemplateExpression(node)) {
      // What an expression stands for is not known here: a mark in its place.
      templates.push(
        node.head.text + node.templateSpans.map((span) => `\${}${span.literal.text}`).join(''),
      )
    }
    if (ts.isNoSubstitutionTemplateLiteral(node)) templates.push(node.text)
    if (ts.isNewExpression(node) && node.expression.getText() === 'CustomEvent') {
      const [name] = node.arguments ?? []
      if (name && ts.isStringLiteral(name)) code.events.add(name.text)
    }
    const isEventMap =
      ts.isInterfaceDeclaration(node) &&
      [`${className}Events`, 'HTMLElementEventMap'].includes(node.name.text)
    if (isEventMap) {
      for (const { name } of node.members) {
        if (name && 'text' in name) code.typedEvents.add(name.text)
      }
    }
    ts.forEachChild(node, visit)
  }
  visit(ts.createSourceFile('module.ts', source, ts.ScriptTarget.ES2022, true))

  for (const text of templates) {
    for (const [, names = ''] of text.matchAll(/\spart="([^"]*)"/g)) {
      for (const name of names.split(/\s+/)) if (!name.includes('$')) code.parts.add(name)
    }
    for (const [, names = ''] of text.matchAll(/\sexportparts="([^"]*)"/g)) {
      for (const name of names.split(',')) code.parts.add(name.replace(/.*:/, '').trim())
    }
    for (const [, attributes = ''] of text.matchAll(/<slot([^>]*)>/g)) {
      const [, name = ''] = /\sname="?([^"\s]*)/.exec(attributes) ?? []
      if (!name.includes('$')) code.slots.add(name)
    }
    for (const token of tokensReadIn(text)) code.tokens.add(token)
    for (const [, name = ''] of text.matchAll(/:state\(([\w-]+)\)/g)) code.states.add(name)
  }
  const all = templates.join('\n')
  for (const string of strings) {
    code.strings.add(string)
    if (/\spart="?[^"\s>]*\$\{\}/.test(all)) code.stringsForParts.add(string)
    if (/<slot\s+name=\$\{\}/.test(all)) code.stringsForSlots.add(string)
  }
}

/** Setting one is for the elements inside, which describe it. @param {string} text */
function tokensReadIn(text) {
  return Array.from(text.matchAll(/var\(\s*(--im-[\w-]+)/g), ([, name = '']) => name)
}

/** @param {string} folder */
function sourcesIn(folder) {
  return readdirSync(join(root, folder), { recursive: true })
    .map(String)
    .filter((file) => file.endsWith('.ts'))
    .map((file) => readFileSync(join(root, folder, file), 'utf8'))
}

if (process.argv[1] && import.meta.url === pathToFileURL(process.argv[1]).href) {
  const wrong = elements.flatMap((element) =>
    differences(element, readCode(sourcesIn(dirname(element.module)), element.name)),
  )
  for (const line of wrong) console.error(line)
  process.exit(wrong.length === 0 ? 0 : 1)
}
