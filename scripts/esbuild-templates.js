/** Small templates for what esbuild bundles, as in the build of the library. */
import { readFileSync } from 'node:fs'
import { minifyTemplates } from './minify-templates.js'

/** @type {import('esbuild').Plugin} */
export const templates = {
  name: 'templates',
  setup: ({ onLoad }) =>
    onLoad({ filter: /\.ts$/ }, async ({ path }) => {
      const { code } = await minifyTemplates(readFileSync(path, 'utf8'))
      return { contents: code, loader: 'ts' }
    }),
}
