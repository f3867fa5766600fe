// The rules of this house that no ESLint plugin knows.

import { posix, relative, sep } from 'node:path'
import { root } from './set-up.js'

/**
 * Which layer of the source may import which; each may import itself. `types` may be imported with
 * `import type` only. Folders that are no layer (stories, tests, examples) import what they like,
 * and no layer imports them.
 *
 * @type {Record<string, { imports: string[], types?: string[] }>}
 */
const layers = {
  entry: { imports: ['components', 'facade', 'kit', 'store', 'core', 'backend', 'port', 'model'] },
  components: { imports: ['kit', 'store', 'model', 'themes'], types: ['core'] },
  facade: { imports: ['components', 'kit', 'store', 'core', 'backend', 'port', 'model'] },
  kit: { imports: ['store', 'core', 'port', 'model'] },
  store: { imports: ['core', 'model'] },
  core: { imports: ['database', 'port', 'model'] },
  database: { imports: ['model'] },
  backend: { imports: ['sharing', 'port', 'model'] },
  sharing: { imports: ['port', 'model'] },
  port: { imports: ['model'] },
  model: { imports: [] },
  themes: { imports: [] },
}

/**
 * The layer of a file, and the folder that counts as one with it: each backend and each facade is a
 * layer of its own.
 *
 * @returns {{ layer: string, folder: string } | undefined}
 */
function place(/** @type {string} */ file) {
  const [top = '', second = '', third = '', deeper] = file.split('/')
  if (top === 'components' || top === 'themes') return { layer: top, folder: top }
  if (top !== 'src') return undefined
  if (third === '') return { layer: 'entry', folder: 'src' }
  if (second === 'backends') {
    if (deeper === undefined) return { layer: 'port', folder: 'src/backends' }
    const layer = third === 'shared' ? 'sharing' : 'backend'
    return { layer, folder: `src/backends/${third}` }
  }
  const isFacade = second === 'rongcloud' || second === 'tencent'
  return { layer: isFacade ? 'facade' : second, folder: `src/${second}` }
}

/** Imports point down the list of layers only, dynamic ones too. */
const importBoundaries = {
  meta: {
    type: /** @type {const} */ ('problem'),
    schema: [],
    messages: {
      upward: '{{from}} must not import {{to}} (docs/architecture.md).',
      typesOnly: '{{from}} imports {{to}} with `import type` only.',
      outside: '{{from}} must not import what is not part of the package.',
      itself: 'Import the file, not the package’s own name.',
      unknown: 'src/{{from}} is no layer yet: say in scripts/eslint-rules.js what it may import.',
    },
  },
  create: (/** @type {any} */ context) =>
    onImports((node, specifier, isType) => {
      const file = fromRoot(context.filename)
      const from = place(file)
      if (from === undefined) return
      const rule = layers[from.layer]
      if (rule === undefined) {
        context.report({ node, messageId: 'unknown', data: { from: from.layer } })
        return
      }
      if (/^imkit(\/|$)/.test(specifier)) context.report({ node, messageId: 'itself' })
      if (!specifier.startsWith('.')) return

      const to = place(posix.join(posix.dirname(file), specifier))
      const data = { from: name(from), to: to && name(to) }
      if (to === undefined) context.report({ node, messageId: 'outside', data })
      else if (to.folder === from.folder || rule.imports.includes(to.layer)) return
      else if (rule.types?.includes(to.layer)) {
        if (!isType) context.report({ node, messageId: 'typesOnly', data })
      } else context.report({ node, messageId: 'upward', data })
    }),
}

/**
 * `import './file.js'`, for what the file does, is kept by bundlers only for the files listed under
 * `sideEffects` in package.json. Of ours, these are the ones that register: `define.ts`,
 * `*.define.ts` and the locales. Within the source only definitions import definitions: whoever
 * imports a class decides whether and as what it is registered.
 */
const noSideEffectImport = {
  meta: {
    type: /** @type {const} */ ('problem'),
    schema: [],
    messages: {
      dropped:
        'Bundlers drop this import: only *.define.js and locales do something when imported.',
      inSource: 'Only define.ts and *.define.ts import other definitions.',
    },
  },
  create: (/** @type {any} */ context) => ({
    ImportDeclaration(/** @type {any} */ node) {
      const specifier = String(node.source.value)
      if (node.specifiers.length > 0 || !specifier.startsWith('.')) return
      const file = fromRoot(context.filename)
      const target = posix.join(posix.dirname(file), specifier)
      if (place(target) === undefined || target.endsWith('.css')) return
      if (/\/locales\/[^/]+\.js$/.test(target)) return
      if (!/(^|[/.])define\.js$/.test(target)) context.report({ node, messageId: 'dropped' })
      else if (place(file) !== undefined && !/(^|[/.])define\.ts$/.test(file)) {
        context.report({ node, messageId: 'inSource' })
      }
    },
  }),
}

export const imkit = {
  rules: { 'import-boundaries': importBoundaries, 'no-side-effect-import': noSideEffectImport },
}

/**
 * Every kind of import: static, re-exporting, dynamic, and `import('…')` in a type.
 *
 * @param {(node: any, specifier: string, isType: boolean) => void} visit
 */
function onImports(visit) {
  const visitStatement = (/** @type {any} */ node) => {
    if (!node.source) return
    visit(node.source, node.source.value, (node.importKind ?? node.exportKind) === 'type')
  }
  return {
    ImportDeclaration: visitStatement,
    ExportNamedDeclaration: visitStatement,
    ExportAllDeclaration: visitStatement,
    ImportExpression(/** @type {any} */ node) {
      if (typeof node.source.value === 'string') visit(node.source, node.source.value, false)
    },
    TSImportType(/** @type {any} */ node) {
      visit(node.source, node.source.value, true)
    },
  }
}

function fromRoot(/** @type {string} */ path) {
  return relative(root, path).split(sep).join('/')
}

function name(/** @type {{ layer: string, folder: string }} */ { layer, folder }) {
  return layer === 'entry' || layer === 'port' ? `${folder}/*.ts` : folder
}
