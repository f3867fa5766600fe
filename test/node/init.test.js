// `npx imkit init` in projects as `npm create vite` makes them.

import assert from 'node:assert/strict'
import { spawnSync } from 'node:child_process'
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { after, test } from 'node:test'

const command = join(import.meta.dirname, '../../bin/imkit.js')
const base = mkdtempSync(join(tmpdir(), 'imkit-init-'))
after(() => rmSync(base, { recursive: true }))

/** @returns {string} its folder */
function project(/** @type {Record<string, string>} */ files) {
  const folder = mkdtempSync(join(base, 'project-'))
  for (const [file, text] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, file)), { recursive: true })
    writeFileSync(join(folder, file), text)
  }
  return folder
}

function init(/** @type {string} */ folder) {
  const { status, stdout, stderr } = spawnSync(process.execPath, [command, 'init', folder], {
    encoding: 'utf8',
  })
  return { status, told: `${stdout}${stderr}` }
}

const html = (/** @type {string} */ entry) => `<!doctype html>
<html lang="en">
  <body>
    <div id="app"></div>
    <script type="module" src="/${entry}"></script>
  </body>
</html>
`
const packageJson = (/** @type {Record<string, string>} */ dependencies) =>
  JSON.stringify({ name: 'shop', dependencies, devDependencies: { vite: '^8.0.0' } }, null, 2)

const plain = {
  'package.json': packageJson({}),
  'index.html': html('src/main.js'),
  'src/main.js': "import './style.css'\n\ndocument.title = 'Shop'\n",
}
const vue = {
  'package.json': packageJson({ vue: '^3.5.0' }),
  'index.html': html('src/main.ts'),
  'src/main.ts':
    "import { createApp } from 'vue'\nimport App from './App.vue'\n\ncreateApp(App).mount('#app')\n",
  'src/App.vue':
    '<script setup lang="ts">\n</script>\n\n<template>\n  <h1>Shop</h1>\n</template>\n',
  'vite.config.ts': "import vue from '@vitejs/plugin-vue'\nexport default { plugins: [vue()] }\n",
}
const react = {
  'package.json': packageJson({ react: '^19.0.0' }),
  'index.html': html('src/main.jsx'),
  'src/main.jsx': "import { createRoot } from 'react-dom/client';\nimport App from './App.jsx';\n",
  'src/App.jsx':
    "import './App.css';\n\nexport default function App() {\n  return (\n    <>\n      <h1>Shop</h1>\n    </>\n  );\n}\n",
}
const filesOf = (/** @type {string} */ folder, /** @type {string[]} */ names) =>
  Object.fromEntries(names.map((name) => [name, readFileSync(join(folder, name), 'utf8')]))

test('puts a chat into a plain project, and says so', () => {
  const folder = project(plain)
  const { status, told } = init(folder)
  assert.equal(status, 0, told)
  const files = filesOf(folder, ['package.json', 'index.html', 'src/main.js', 'src/imkit.js'])
  assert.match(files['index.html'], /<body>\n {4}<im-chat style="height: 100vh"><\/im-chat>\n/)
  assert.match(files['src/main.js'], /^import '.\/style.css'\nimport '.\/imkit'\n/)
  assert.match(files['src/imkit.js'], /import 'imkit\/themes\/imkit.css'[\s\S]*appkey: 'shop'/)
  assert.match(JSON.parse(files['package.json']).dependencies.imkit, /^\^\d/)
  assert.match(told, /new {2}src\/imkit\.js[\s\S]*\+ import '\.\/imkit'|\+ import '\.\/imkit'/)
})

test('puts a chat into a Vue project and tells the compiler of its tags', () => {
  const folder = project(vue)
  assert.equal(init(folder).status, 0)
  const files = filesOf(folder, ['src/App.vue', 'vite.config.ts', 'src/imkit.ts', 'src/main.ts'])
  assert.match(files['src/App.vue'], /<template>\n {2}<im-chat style="height: 100vh" \/>\n/)
  assert.match(files['vite.config.ts'], /vue\(\{ template: .*isCustomElement/)
  assert.match(files['src/imkit.ts'], /const service: Service = /)
  assert.match(files['src/main.ts'], /App.vue'\nimport '.\/imkit'\n/)
})

test('puts a chat into a React project, in its way to write', () => {
  const folder = project(react)
  assert.equal(init(folder).status, 0)
  const files = filesOf(folder, ['package.json', 'src/App.jsx', 'src/main.jsx'])
  assert.match(files['src/App.jsx'], /^import \{ IMChat \} from 'imkit\/react\/im-chat';\n/)
  assert.match(files['src/App.jsx'], /<>\n {6}<IMChat style=\{\{ height: '100vh' \}\} \/>\n/)
  assert.match(files['src/main.jsx'], /App.jsx';\nimport '.\/imkit';\n/)
  assert.ok(JSON.parse(files['package.json']).dependencies['@lit/react'])
})

for (const [name, files] of Object.entries({ plain, vue, react })) {
  test(`changes nothing the second time (${name})`, () => {
    const folder = project(files)
    init(folder)
    const names = [...Object.keys(files), 'src/imkit.js', 'src/imkit.ts'].filter((file) =>
      existsSync(join(folder, file)),
    )
    const before = filesOf(folder, names)
    const { status, told } = init(folder)
    assert.equal(status, 0)
    assert.match(told, /nothing to change/)
    assert.deepEqual(filesOf(folder, names), before)
  })
}

test('leaves the service file that somebody has changed', () => {
  const folder = project({ ...plain, 'src/imkit.js': '// mine\n' })
  init(folder)
  assert.equal(readFileSync(join(folder, 'src/imkit.js'), 'utf8'), '// mine\n')
})

for (const [what, files, reason] of [
  ['is no project', {}, /no package\.json/],
  ['has a broken package.json', { 'package.json': '{' }, /no JSON/],
  ['is not of Vite', { ...plain, 'package.json': '{}' }, /no Vite project/],
  [
    'is of Angular',
    { ...plain, 'package.json': packageJson({ '@angular/core': '20' }) },
    /Angular/,
  ],
  ['starts with no module', { ...plain, 'index.html': '<body></body>' }, /index\.html/],
  [
    'has a Vue plugin with options',
    { ...vue, 'vite.config.ts': 'export default { plugins: [vue({ a: 1 })] }' },
    /isCustomElement/,
  ],
  [
    'returns something unusual from its React component',
    { ...react, 'src/App.jsx': 'export default () => null\n' },
    /IMChat/,
  ],
]) {
  test(`says why and changes nothing where a folder ${what}`, () => {
    const folder = project(files)
    const { status, told } = init(folder)
    assert.equal(status, 1)
    assert.match(told, reason)
    assert.match(told, /Nothing was changed/)
    assert.deepEqual(filesOf(folder, Object.keys(files)), files)
  })
}
