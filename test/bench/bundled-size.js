// How large a page's script is: what its entry needs at once, minified and compressed as a server
// would. What loads when it is first needed is left out.

import { gzipSync } from 'node:zlib'
import { resolve } from 'node:path'
import { build } from 'esbuild'
import { root } from '../../scripts/set-up.js'

/**
 * @param {string[]} entries files of the project
 * @param {string[]} without packages
 * @returns {Promise<number>} bytes
 */
export async function bundledSize(entries, without = []) {
  const { outputFiles, metafile } = await build({
    stdin: {
      contents: entries.map((entry) => `export * from './${entry}'`).join('\n'),
      resolveDir: root,
    },
    absWorkingDir: root,
    bundle: true,
    splitting: true,
    format: 'esm',
    target: 'es2022',
    minify: true,
    legalComments: 'none',
    external: without,
    outdir: 'bundle',
    write: false,
    metafile: true,
    logLevel: 'error',
  })
  const entry = Object.keys(metafile.outputs).find(
    (path) => metafile.outputs[path]?.entryPoint === '<stdin>',
  )
  const loaded = staticClosure(entry ?? '', metafile.outputs)
  return outputFiles
    .filter(({ path }) => [...loaded].some((file) => resolve(root, file) === path))
    .reduce((sum, { contents }) => sum + gzipSync(contents, { level: 9 }).length, 0)
}

/** @returns {Set<string>} */
function staticClosure(
  /** @type {string} */ entry,
  /** @type {import('esbuild').Metafile['outputs']} */ outputs,
  /** @type {Set<string>} */ found = new Set(),
) {
  if (found.has(entry) || !outputs[entry]) return found
  found.add(entry)
  for (const { kind, path } of outputs[entry].imports) {
    if (kind === 'import-statement') staticClosure(path, outputs, found)
  }
  return found
}
