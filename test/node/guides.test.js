// What the guides say in code is so: TypeScript compiles against the sources, tags, attributes,
// tokens and parts are those of the elements, links lead somewhere.

import assert from 'node:assert/strict'
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { dirname, join, relative } from 'node:path'
import { test } from 'node:test'
import ts from 'typescript'
import { elements } from '../../scripts/elements.js'
import { root } from '../../scripts/set-up.js'

const read = (/** @type {string} */ file) => readFileSync(join(root, file), 'utf8')

const guides = readdirSync(join(root, 'docs/guides')).map((name) => `docs/guides/${name}`)
const pages = [
  ...guides,
  ...readdirSync(join(root, 'docs'))
    .filter((name) => name.endsWith('.md'))
    .map((name) => `docs/${name}`),
  'README.md',
  'CONTRIBUTING.md',
  'CHANGELOG.md',
]

/** @param {string} language @returns {{ where: string, code: string }[]} */
const samples = (language) =>
  guides.flatMap((file) => {
    const text = read(file)
    return [...text.matchAll(/^```(\w+)\n([^]*?)^```/gm)]
      .filter(([, name]) => name === language)
      .map(({ index, 2: code }) => ({
        where: `${file}:${text.slice(0, index).split('\n').length + 1}`,
        code: code ?? '',
      }))
  })

test('every guide is in the sidebar', () => {
  const shown = readdirSync(join(root, 'stories/pages/guides')).map((name) =>
    name.replace('.mdx', '.md'),
  )
  assert.deepEqual(
    guides.map((file) => file.replace('docs/guides/', '')),
    shown,
  )
})

test('TypeScript compiles', () => {
  assert.deepEqual(mistakes(samples('ts')), [])
})

test('a sample that does not compile is found', () => {
  const code = "import { imkit } from 'imkit'\nimkit.selectConversation({ targetId: 7 })\n"
  assert.match(mistakes([{ where: 'here:1', code }]).join(), /^here:2: Type 'number'/)
})

test('tags and attributes in HTML are those of the elements', () => {
  for (const { where, code } of samples('html')) {
    for (const [, tag, attributes] of code.matchAll(/<([a-z]+-[a-z-]+)((?:\s+[^<>]*)?)>/g)) {
      const element = elements.find((it) => it.tag === tag)
      assert.ok(element, `${where}: <${tag}>`)
      for (const [, name] of (attributes ?? '').matchAll(/([\w-]+)(?:="[^"]*")?/g)) {
        const isKnown =
          ['slot', 'style', 'class', 'id'].includes(name ?? '') ||
          element.attributes.some((attribute) => attribute.name === name)
        assert.ok(isKnown, `${where}: ${name} of <${tag}>`)
      }
    }
    for (const [, slot] of code.matchAll(/slot="([^"]*)"/g)) {
      const isKnown = elements.some(({ slots }) => slots.some(({ name }) => name === slot))
      assert.ok(isKnown, `${where}: slot ${slot}`)
    }
  }
})

test('tokens and parts in CSS are those of the themes and elements', () => {
  const tokens = new Set([
    ...[...read('themes/tokens.css').matchAll(/^ {2}(--im-[\w-]+):/gm)].map(([, name]) => name),
    ...elements.flatMap((element) => element.tokens.map(({ name }) => name)),
  ])
  for (const { where, code } of samples('css')) {
    for (const [token] of code.matchAll(/--im-[\w-]+/g)) {
      assert.ok(tokens.has(token), `${where}: ${token}`)
    }
    for (const [, tag, part] of code.matchAll(/([\w-]+)::part\(([\w-]+)\)/g)) {
      const element = elements.find((it) => it.tag === tag)
      const isKnown = element?.parts.some(
        ({ name, description = '' }) => name === part || description.includes(`\`${part}\``),
      )
      assert.ok(isKnown, `${where}: part ${part} of <${tag}>`)
    }
  }
})

test('sizes are the budgets of the build', () => {
  const budgets = [...read('scripts/size.js').matchAll(/name: '([^']*)'.*most: ([\d.]+)/g)].map(
    ([, name, most]) => `| ${name} | ${most} |`,
  )
  const table = read('docs/guides/performance.md').match(/^\| .* \| [\d.]+ \|$/gm) ?? []
  assert.ok(table.length > 0)
  for (const row of table) assert.ok(budgets.includes(row), row)
})

test('links among the pages lead somewhere', () => {
  for (const file of pages) {
    for (const [, target] of read(file).matchAll(/\]\(([^)\s]+)\)/g)) {
      if (/^\w+:/.test(target ?? '')) continue
      const [path, anchor] = (target ?? '').split('#')
      const linked = path ? join(dirname(file), path) : file
      assert.ok(existsSync(join(root, linked)), `${file}: ${target}`)
      if (anchor) assert.ok(anchors(read(linked)).includes(anchor), `${file}: ${target}`)
    }
  }
})

/** As repository hosts make them of headings. @param {string} markdown */
function anchors(markdown) {
  return [...markdown.matchAll(/^#+ (.*)$/gm)].map(([, heading]) =>
    (heading ?? '')
      .toLowerCase()
      .replaceAll(/[^\p{L}\p{N} _-]/gu, '')
      .replaceAll(' ', '-'),
  )
}

/** @param {{ where: string, code: string }[]} sources @returns {string[]} */
function mistakes(sources) {
  const files = new Map(
    sources.map((source, index) => [join(root, `docs/sample-${index}.ts`), source]),
  )
  const options = ts.convertCompilerOptionsFromJson(
    {
      ...ts.readConfigFile(join(root, 'tsconfig.json'), ts.sys.readFile).config.compilerOptions,
      types: ['vite/client'],
      paths: sourcesOfEntries(),
      noUnusedLocals: false,
      noUnusedParameters: false,
    },
    root,
  ).options
  const host = ts.createCompilerHost(options)
  const { fileExists, readFile, getSourceFile } = host
  host.fileExists = (file) => files.has(file) || fileExists(file)
  host.readFile = (file) => files.get(file)?.code ?? readFile(file)
  host.getSourceFile = (file, version, ...rest) => {
    const sample = files.get(file)
    return sample
      ? // Each is a module, whether it imports something or not.
        ts.createSourceFile(file, `${sample.code}\nexport {}`, version)
      : getSourceFile(file, version, ...rest)
  }
  const program = ts.createProgram([...files.keys(), join(root, 'src/define.ts')], options, host)
  return [...files].flatMap(([file, { where }]) => {
    const source = program.getSourceFile(file)
    return [
      ...program.getSyntacticDiagnostics(source),
      ...program.getSemanticDiagnostics(source),
    ].map(({ start = 0, messageText }) => {
      const [page, line] = where.split(':')
      const at = Number(line) + (source?.getLineAndCharacterOfPosition(start).line ?? 0)
      return `${page}:${at}: ${ts.flattenDiagnosticMessageText(messageText, ' ')}`
    })
  })
}

/** The source behind each entry of the package. */
function sourcesOfEntries() {
  const { name, exports } = JSON.parse(read('package.json'))
  return Object.fromEntries(
    Object.entries(exports).flatMap(([entry, target]) => {
      const types = /** @type {{ types?: string }} */ (target).types
      if (!types?.startsWith('./dist/')) return []
      const source = `./${relative('dist', types).replace(/\.d\.ts$/, '.ts')}`
      return [[name + entry.slice(1), [source]]]
    }),
  )
}
