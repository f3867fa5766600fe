// What a bundler takes in of the built package, by what a page imports.

import assert from 'node:assert/strict'
import { join } from 'node:path'
import { test } from 'node:test'
import { build } from 'esbuild'

const root = join(import.meta.dirname, '../..')

/** The folders of dist/ of which something is left in what is loaded at start. */
async function folders(/** @type {string} */ source) {
  const { metafile } = await build({
    stdin: { contents: source, resolveDir: root },
    absWorkingDir: root,
    outdir: join(root, 'dist'),
    write: false,
    metafile: true,
    bundle: true,
    splitting: true,
    minify: true,
    format: 'esm',
    external: ['react'],
    logLevel: 'error',
  })
  const entry = Object.values(metafile.outputs).find(({ entryPoint }) => entryPoint === '<stdin>')
  const loaded = [entry]
  for (const output of loaded) {
    for (const { path, kind } of output.imports) {
      if (kind === 'import-statement' && metafile.outputs[path]) loaded.push(metafile.outputs[path])
    }
  }
  const inputs = loaded.flatMap(({ inputs }) =>
    Object.keys(inputs).filter((input) => inputs[input].bytesInOutput > 0),
  )
  return new Set(
    inputs.map((input) =>
      input
        .replace(/^dist\//, '')
        .split('/')
        .slice(0, 2)
        .join('/'),
    ),
  )
}

const elements = (/** @type {Set<string>} */ all) =>
  [...all].filter((folder) => /^components\/(?!internal)/.test(folder)).sort()

test('one element does not bring the others', async () => {
  const name = 'imkit/components/message-editor/message-editor.define.js'
  const loaded = await folders(`import '${name}'`)
  assert.deepEqual(elements(loaded), [
    'components/im-avatar',
    'components/im-spinner',
    'components/message-editor',
  ])
  assert.ok(!loaded.has('src/backends'), 'a backend')
  assert.ok(!loaded.has('src/rongcloud'), 'the facade')
})

test('one React component does not bring the others', async () => {
  const loaded = await folders(`import { IMSpinner } from 'imkit/react'; console.log(IMSpinner)`)
  assert.deepEqual(elements(loaded), ['components/im-spinner'])
})

test('a class that is imported and not used leaves nothing behind', async () => {
  const loaded = await folders(`import { MessageList, IMChat } from 'imkit/react'
    import { ConversationList } from 'imkit/components/conversation-list/conversation-list.js'`)
  assert.deepEqual([...loaded], [])
})

test('the kit alone brings no element, the core neither Lit nor the kit', async () => {
  assert.deepEqual(elements(await folders(`export { imkit } from 'imkit'`)), [])
  const core = await folders(`export { IMClient } from 'imkit/core'`)
  for (const folder of ['src/kit', 'node_modules/lit', 'node_modules/lit-html']) {
    assert.ok(!core.has(folder), folder)
  }
})
