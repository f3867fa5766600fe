// docs/errors.md, which errors lead to, has all codes that are used, and only such.

import assert from 'node:assert/strict'
import { readFileSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'node:test'
import { ErrorCode, IMError } from '../../dist/src/core/index.js'

const root = join(import.meta.dirname, '../..')
const page = readFileSync(join(root, 'docs/errors.md'), 'utf8')
const used = ['src', 'components'].flatMap((folder) =>
  readdirSync(join(root, folder), { recursive: true })
    .map(String)
    .filter((file) => file.endsWith('.ts'))
    .flatMap((file) => [
      ...readFileSync(join(root, folder, file), 'utf8').matchAll(/\bErrorCode\.([A-Z\d_]+)/g),
    ]),
)
const codes = new Set(used.map(([, name]) => ErrorCode[name]))
const described = new Map(
  [...page.matchAll(/^## (-?\d+)\n\n`(\w+)` – /gm)].map(([, code, name]) => [Number(code), name]),
)

test('the page has every code that is used', () => {
  assert.deepEqual(
    [...codes].filter((code) => !described.has(code)),
    [],
  )
})

test('the page has each under its name, and none that is not used', () => {
  for (const [code, name] of described) {
    assert.equal(ErrorCode[code], name)
    assert.ok(codes.has(code), `${name} is not used`)
  }
})

test('an error leads to its place on the page', () => {
  const { help } = new IMError(ErrorCode.BIZ_ERROR_INVALID_PARAMETER)
  assert.equal(help, 'imkit/docs/errors.md#33003')
})
