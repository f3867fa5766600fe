// A page that is drawn on a server imports the package there, without a DOM.

import assert from 'node:assert/strict'
import { readFileSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'node:test'

const root = join(import.meta.dirname, '../..')
const { exports } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'))
const files = readdirSync(join(root, 'dist'), { recursive: true }).map(
  (file) => `./dist/${String(file).replaceAll('\\', '/')}`,
)

/** An element's class and its definition; the files beside them are loaded by these when needed. */
const isElement = (/** @type {string} */ name) =>
  !name.startsWith('./components/') || /\/([\w-]+)\/\1(\.define)?(\.js)?$/.test(name)

/** Every name of a module; those with a `*` for each file they stand for. */
const names = Object.entries(exports).flatMap(([name, target]) => {
  const file = target.default
  // Angular's packages are not this one's, and without them its directives are nothing.
  if (file === undefined || name.startsWith('./angular')) return []
  const [before, after] = file.split('*')
  if (after === undefined) return [name]
  return files
    .filter((path) => path.startsWith(before) && path.endsWith(after))
    .map((path) => name.replace('*', path.slice(before.length, path.length - after.length)))
    .filter(isElement)
})

test('every module can be imported where there is no DOM', async () => {
  assert.equal(typeof document, 'undefined')
  assert.ok(names.length > 50, `only ${names.length} modules`)
  for (const name of names) {
    await assert.doesNotReject(import(name.replace('.', 'imkit')), `imkit${name.slice(1)}`)
  }
})
