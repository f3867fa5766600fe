/**
 * Writes THIRD_PARTY_NOTICES: the licences of the packages whose code is inside the CDN file. The
 * other modules of the package only import them.
 */
import { readFileSync, readdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { buildCdn } from './cdn.js'
import { root } from './set-up.js'

export const noticesFile = join(root, 'THIRD_PARTY_NOTICES')

/** What packages carry in their own files, where no build can see it. @type {Record<string, string>} */
const carried = {
  'emoji-mart':
    'It contains Preact (MIT), Copyright (c) 2015-present Jason Miller, under the same terms.',
}

/** @param {import('esbuild').Metafile} metafile @returns {string} */
export function notices(metafile) {
  const folders = new Set(
    Object.keys(metafile.inputs).flatMap((input) => {
      const [folder] = /^.*node_modules\/(?:@[^/]+\/)?[^/]+/.exec(input) ?? []
      return folder ?? []
    }),
  )
  return (
    [
      'imkit is under the MIT licence (LICENSE). The files in dist/cdn contain code of these packages:',
      ...[...folders].sort().map(notice),
    ].join(`\n\n${'-'.repeat(80)}\n\n`) + '\n'
  )
}

/** @param {string} folder */
function notice(folder) {
  const path = join(root, folder)
  const { name, version, license } = JSON.parse(readFileSync(join(path, 'package.json'), 'utf8'))
  const file = readdirSync(path).find((entry) => /^licen[cs]e/i.test(entry))
  if (!file) throw new Error(`${name} comes without the text of its licence (${license}).`)
  const text = readFileSync(join(path, file), 'utf8').trim()
  return [`${name} ${version} (${license})`, text, carried[name] ?? []].flat().join('\n\n')
}

if (process.argv[1] && import.meta.url === pathToFileURL(process.argv[1]).href) {
  writeFileSync(noticesFile, notices(await buildCdn({ write: false })))
}
