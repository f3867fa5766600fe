// `npm run test:templates`: what the compilers of React, Vue, Svelte and Angular say of
// test/templates, whose lines after a "wrong:" must be refused and no others. Needs the examples,
// whose compilers and packed imkit these are: `npm run build:examples` first.

import { spawnSync } from 'node:child_process'
import { cpSync, existsSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { exit } from 'node:process'
import { stripVTControlCharacters } from 'node:util'
import { root } from './set-up.js'

/** Each framework's compiler, as a file of its example's packages, and how it is called. */
const compilers = {
  react: { file: 'typescript/bin/tsc', options: ['--pretty', 'false'] },
  vue: { file: 'vue-tsc/bin/vue-tsc.js', options: ['--pretty', 'false'] },
  svelte: { file: 'svelte-check/bin/svelte-check', options: ['--output', 'machine'] },
  angular: { file: '@angular/compiler-cli/bundles/src/bin/ngc.js', options: [] },
}

/** `path(line,column): error`, `path:line:column - error`, and `ERROR "path" line:column`. */
const forms = [
  /^(?<path>[^\s(]+)\((?<line>\d+),\d+\): error/,
  /^(?<path>[^\s:]+):(?<line>\d+):\d+ - error/,
  /^\d+ ERROR "(?<path>[^"]+)" (?<line>\d+):\d+/,
]

let passed = 0
let failed = 0
for (const [name, compiler] of Object.entries(compilers)) check(name, compiler)
console.log(`templates: ${passed} passed, ${failed} failed`)
exit(failed === 0 ? 0 : 1)

/**
 * @param {string} name
 * @param {{ file: string, options: string[] }} compiler
 */
function check(name, { file, options }) {
  const example = join(root, 'examples', name)
  const compiler = join(example, 'node_modules', file)
  if (!existsSync(compiler)) {
    throw new Error(`${name} is not built: run \`npm run build:examples\` first.`)
  }
  const source = join(root, 'test/templates', name)
  // Beside the example's own sources, from where its packages are found.
  const folder = join(example, 'src', 'checked-templates')
  const config = join(example, 'tsconfig.checked-templates.json')
  const project = name === 'svelte' ? '--tsconfig' : '--project'
  cpSync(source, folder, { recursive: true })
  try {
    // Angular looks at no template of a program whose scripts are wrong: each file is one.
    for (const file of readdirSync(folder)) {
      const program = {
        extends: './tsconfig.json',
        compilerOptions: { noEmit: true },
        files: [],
        include: [`src/checked-templates/${file}`],
      }
      writeFileSync(config, JSON.stringify(program))
      const { stdout, stderr, error } = spawnSync(
        process.execPath,
        [compiler, project, config, ...options],
        { cwd: example, encoding: 'utf8' },
      )
      if (error) throw error
      compare(name, join(folder, file), stripVTControlCharacters(`${stdout}\n${stderr}`))
    }
  } finally {
    rmSync(folder, { recursive: true })
    rmSync(config, { force: true })
  }
}

/**
 * @param {string} name
 * @param {string} path
 * @param {string} output
 */
function compare(name, path, output) {
  const expected = wrongLines(path)
  const reported = new Set(output.split('\n').flatMap((line) => placeIn(line)))
  const missed = expected.filter((place) => !reported.has(place))
  const unexpected = [...reported].filter((place) => !expected.includes(place))
  if (expected.length === 0) throw new Error(`There is nothing wrong in ${path}.`)
  passed += expected.length - missed.length
  failed += missed.length + unexpected.length
  for (const place of missed) console.log(`✗ ${name} takes what is wrong: ${place}`)
  for (const place of unexpected) console.log(`✗ ${name} refuses what is right: ${place}`)
  if (missed.length + unexpected.length > 0) console.log(output)
}

function wrongLines(/** @type {string} */ path) {
  const lines = readFileSync(path, 'utf8').split('\n')
  return lines.flatMap((line, at) =>
    /(\/\/|\/\*|<!--) wrong:/.test(line) ? `${nameOf(path)}:${at + 2}` : [],
  )
}

/** @returns {string[]} where the error of a line of output is */
function placeIn(/** @type {string} */ output) {
  for (const form of forms) {
    const { path, line } = form.exec(output)?.groups ?? {}
    if (path) return [`${nameOf(path)}:${line}`]
  }
  return []
}

/** Of the path, however a compiler writes it. */
function nameOf(/** @type {string} */ path) {
  return path.replace(/^.*checked-templates\//, '')
}
