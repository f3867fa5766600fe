/**
 * Measures what a page downloads before its first message is on screen, and fails when it is more
 * than the budgets below. `--record` writes down what every folder weighs now, with which the next
 * failure says what grew.
 */
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { argv, exit } from 'node:process'
import { gzipSync } from 'node:zlib'
import { build } from 'esbuild'
import { templates } from './esbuild-templates.js'

const root = join(import.meta.dirname, '..')
const recordFile = join(root, 'scripts/size.json')

const tags = ['conversation-list', 'message-list', 'message-editor'].map(
  (tag) => `import './components/${tag}/${tag}.define.js'`,
)
const imkit = "export { imkit } from './src/kit/index.js'"
const xmpp = "export { xmpp } from './src/backends/xmpp/index.js'"
const local = "export { local } from './src/backends/local/index.js'"

/**
 * Most kilobytes (1000 bytes), minified and gzipped. Only ever lower these: what is not wanted at
 * start can be loaded when it is. The first two are on their way to 60 and 95. Dexie is left out
 * where it is not named.
 * @type {{ name: string, source: string[], most: number, hasDexie?: true }[]}
 */
const budgets = [
  { name: 'three tags, imkit, local()', source: [...tags, imkit, local], most: 130.5 },
  { name: '… with Dexie', source: [...tags, imkit, local], most: 163, hasDexie: true },
  { name: '<conversation-list>', source: tags.slice(0, 1), most: 81.5 },
  { name: '<message-list>', source: tags.slice(1, 2), most: 101 },
  { name: '<message-editor>', source: tags.slice(2), most: 82 },
  { name: 'imkit', source: ["export * from './src/kit/index.js'"], most: 59.5 },
  { name: 'imkit/core', source: ["export * from './src/core/index.js'"], most: 31 },
  { name: 'imkit/backends/local', source: [local], most: 17 },
  { name: 'imkit/backends/xmpp', source: [xmpp], most: 47.5 },
  { name: 'imkit/rongcloud', source: ["export * from './src/rongcloud/imlib.js'"], most: 50 },
]

/**
 * What `import()` brings, and when. What is imported so and missing here counts as loaded at start,
 * since a page that loads it anyway gains nothing by it.
 * @type {Readonly<Record<string, string>>}
 */
const later = {
  'src/kit/client-course.ts': 'the log is to tell what happens',
  'src/core/diagnosis.ts': 'a debugging panel is on the page',
  'src/backends/local/presence-watch.ts': 'somebody is to be seen online',
  'src/backends/xmpp/scram.ts': 'somebody logs in with a password',
  'src/backends/xmpp/companion-readers.ts':
    'an own message is read that asks its group who has read it',
  'src/core/recalled-places.ts': 'a client of another make takes something back in a group',
  'src/core/message-search-run.ts': 'something is searched for the first time',
  'components/im-menu/im-menu.define.ts': 'a pointer or the focus comes to a list',
  'components/im-voice/im-voice.define.ts': 'the first voice message is drawn',
  'components/im-viewer/im-viewer.define.ts': 'the first picture is opened',
  'components/message-list/dialogs.define.ts': 'something is forwarded, or read in a dialog',
  'components/message-editor/keep-beside.ts': 'the first popup of an editor opens',
  'components/im-emoji-picker/im-emoji-picker.define.ts': 'the emoji popup opens',
  'components/im-emoji-picker/emoji-mart-picker.ts': 'an emoji picker is on the page',
  'node_modules/linkifyjs/': 'a text that may hold a link is drawn',
  'node_modules/dompurify/': "a host's renderer gives a string",
}

/** @typedef {{ kilobytes: number, folders: Record<string, number> }} Size */

/** @type {Record<string, Size>} */
const sizes = {}
/** @type {Set<string>} */
const seenLater = new Set()
for (const budget of budgets) sizes[budget.name] = await measure(budget)

if (argv.includes('--record')) {
  writeFileSync(recordFile, `${JSON.stringify(sizes, null, 2)}\n`)
}

/** @type {Record<string, Size>} */
const recorded = JSON.parse(readFileSync(recordFile, 'utf8'))
let failures = 0
for (const { name, most } of budgets) {
  const { kilobytes, folders } = /** @type {Size} */ (sizes[name])
  const isOver = kilobytes > most
  console.log(`${isOver ? '✗' : '✓'} ${name}: ${kilobytes.toFixed(1)} of ${most} kB`)
  if (!isOver) continue
  failures += 1
  console.log(`  ${(kilobytes - most).toFixed(1)} kB too much. Since the last record grew:`)
  for (const line of growth(folders, recorded[name]?.folders ?? {})) console.log(`  ${line}`)
}
for (const name of Object.keys(later).filter((name) => !seenLater.has(name))) {
  failures += 1
  console.log(`✗ ${name} is not imported by import(): take it out of the list in scripts/size.js.`)
}
exit(failures === 0 ? 0 : 1)

/**
 * @param {(typeof budgets)[number]} budget
 * @returns {Promise<Size>}
 */
async function measure({ source, hasDexie }) {
  const { outputFiles, metafile } = await build({
    stdin: { contents: source.join('\n'), resolveDir: root, loader: 'ts' },
    absWorkingDir: root,
    outdir: join(root, 'dist'),
    write: false,
    metafile: true,
    bundle: true,
    splitting: true,
    minify: true,
    format: 'esm',
    target: 'es2022',
    charset: 'utf8',
    external: hasDexie ? [] : ['dexie'],
    plugins: [templates],
  })
  const { outputs } = metafile
  for (const { imports } of Object.values(outputs)) {
    for (const { path, kind } of imports) {
      const name = kind === 'dynamic-import' && laterName(outputs[path]?.entryPoint)
      if (name) seenLater.add(name)
    }
  }
  const entry = Object.keys(outputs).find((path) => outputs[path]?.entryPoint === '<stdin>')
  const atStart = new Set(entry ? [entry] : [])
  for (const path of atStart) {
    for (const { path: imported, kind, external } of outputs[path]?.imports ?? []) {
      if (external || (kind === 'dynamic-import' && laterName(outputs[imported]?.entryPoint)))
        continue
      atStart.add(imported)
    }
  }

  let bytes = 0
  /** @type {Record<string, number>} */
  const folders = {}
  for (const path of atStart) {
    const file = outputFiles.find((file) => file.path === join(root, path))
    bytes += gzipSync(file?.contents ?? '', { level: 9 }).length
    for (const [input, { bytesInOutput }] of Object.entries(outputs[path]?.inputs ?? {})) {
      const folder = folderOf(input)
      folders[folder] = (folders[folder] ?? 0) + bytesInOutput
    }
  }
  return { kilobytes: Math.round(bytes / 10) / 100, folders }
}

/** @param {string | undefined} module */
function laterName(module = '') {
  return Object.keys(later).find((start) => module.startsWith(start))
}

/** What a reader of a failure can act on: an element, a layer, a package. @param {string} input */
function folderOf(input) {
  const [first = '', second = '', third = ''] = input.split('/')
  const isScoped = first === 'node_modules' && second.startsWith('@')
  const isBackend = second === 'backends' && third !== 'backend.ts'
  return [first, second, ...(isScoped || isBackend ? [third] : [])].join('/')
}

/**
 * @param {Record<string, number>} now
 * @param {Record<string, number>} before
 */
function growth(now, before) {
  return Object.entries(now)
    .map(([folder, bytes]) => ({ folder, bytes, more: bytes - (before[folder] ?? 0) }))
    .filter(({ more }) => more > 0)
    .sort((one, other) => other.more - one.more)
    .map(({ folder, bytes, more }) => `${folder}: ${more} bytes more, ${bytes} minified`)
}
