/**
 * Builds dist/cdn/: imkit as one module with all it needs, for `<script type="module">` on a page
 * without a bundler. What is loaded when needed lies in chunks beside it.
 */
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { build } from 'esbuild'
import { templates } from './esbuild-templates.js'
import { root } from './set-up.js'

const { version } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'))

/** @returns {Promise<import('esbuild').Metafile>} what went into it */
export async function buildCdn({ write = true } = {}) {
  const { metafile } = await build({
    entryPoints: { imkit: 'src/cdn.define.ts' },
    absWorkingDir: root,
    outdir: join(root, 'dist/cdn'),
    chunkNames: 'chunks/[name]-[hash]',
    write,
    metafile: true,
    bundle: true,
    splitting: true,
    minify: true,
    sourcemap: true,
    format: 'esm',
    target: 'es2022',
    charset: 'utf8',
    legalComments: 'none',
    banner: { js: `/* imkit ${version}, MIT. What is in here of others: THIRD_PARTY_NOTICES */` },
    plugins: [templates],
  })
  return metafile
}

if (process.argv[1] && import.meta.url === pathToFileURL(process.argv[1]).href) await buildCdn()
