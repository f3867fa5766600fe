/**
 * The last part of the build: writes the manifest of the elements into dist/, and what is made from
 * it for editors and frameworks.
 */
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { manifest } from '../elements.js'
import { root } from '../set-up.js'
import { angularDirectives } from './angular.js'
import { cssCustomData, htmlCustomData, webTypes } from './editors.js'
import { elementTypes } from './element-types.js'
import { jsxTypes, svelteTypes, vueTypes } from './framework-types.js'
import { reactWrappers } from './react.js'

const { version } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'))

/** An entry with types only can be imported all the same. */
const typesOnly = 'export {}\n'

write('custom-elements.json', json(manifest))
write('editors/vscode.html-custom-data.json', json(htmlCustomData()))
write('editors/vscode.css-custom-data.json', json(cssCustomData()))
write('editors/web-types.json', json(webTypes(version)))
write('integrations/elements.d.ts', elementTypes())
for (const [name, types] of Object.entries({
  jsx: jsxTypes,
  vue: vueTypes,
  svelte: svelteTypes,
})) {
  write(`integrations/${name}.d.ts`, types)
  write(`integrations/${name}.js`, typesOnly)
}
for (const [name, text] of Object.entries(reactWrappers())) write(`react/${name}`, text)
for (const [name, text] of Object.entries(angularDirectives())) write(`angular/${name}`, text)

function write(/** @type {string} */ path, /** @type {string} */ text) {
  const file = join(root, 'dist', path)
  mkdirSync(dirname(file), { recursive: true })
  writeFileSync(file, text)
}

function json(/** @type {unknown} */ value) {
  return `${JSON.stringify(value, null, 2)}\n`
}
