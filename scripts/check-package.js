/**
 * Packs what has been built and looks at it as a user's tools would: publint at the manifest,
 * are-the-types-wrong at how types resolve, tsc at what the types allow (test/types).
 */
import { execFileSync, spawnSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { checkPackage, createPackageFromTarballData } from '@arethetypeswrong/core'
import { publint } from 'publint'
import { formatMessage } from 'publint/utils'
import { buildCdn } from './cdn.js'
import { notices, noticesFile } from './notices.js'
import { root } from './set-up.js'

const packageJson = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'))
const folder = mkdtempSync(join(tmpdir(), 'imkit-package-'))
/** @type {string[]} */
const wrong = []
try {
  const tarball = pack()
  wrong.push(...(await manifestProblems(tarball)), ...(await typeProblems(tarball)))
  for (const resolution of ['bundler', 'node16']) wrong.push(...typeTestFailures(resolution))
  if (readFileSync(noticesFile, 'utf8') !== notices(await buildCdn({ write: false }))) {
    wrong.push('THIRD_PARTY_NOTICES is behind what the CDN file contains: run `npm run docs`.')
  }
} finally {
  rmSync(folder, { recursive: true, force: true })
}
for (const line of wrong) console.error(line)
process.exit(wrong.length === 0 ? 0 : 1)

/** @returns {Uint8Array<ArrayBuffer>} */
function pack() {
  const options = ['pack', '--ignore-scripts', '--json', '--pack-destination', folder]
  const output = execFileSync('npm', options, {
    cwd: root,
    encoding: 'utf8',
    shell: process.platform === 'win32',
    stdio: ['ignore', 'pipe', 'ignore'],
  })
  const [{ filename, size, files }] = JSON.parse(output)
  console.log(`${filename}: ${(size / 1e6).toFixed(1)} MB, ${files.length} files`)
  for (const needed of ['LICENSE', 'README.md', 'THIRD_PARTY_NOTICES']) {
    if (!files.some((/** @type {{ path: string }} */ { path }) => path === needed)) {
      wrong.push(`${needed} is not in the package.`)
    }
  }
  return new Uint8Array(readFileSync(join(folder, filename)))
}

/** @param {Uint8Array<ArrayBuffer>} tarball */
async function manifestProblems(tarball) {
  const { messages } = await publint({ pack: { tarball: tarball.buffer }, strict: true })
  return messages.map((message) => `publint: ${formatMessage(message, packageJson)}`)
}

/** @param {Uint8Array<ArrayBuffer>} tarball */
async function typeProblems(tarball) {
  const result = await checkPackage(createPackageFromTarballData(tarball))
  if (!result.types) return ['are-the-types-wrong: the package has no types.']
  return result.problems
    .filter(concernsModules)
    .map((problem) => `are-the-types-wrong: ${JSON.stringify(problem)}`)
}

/**
 * The package is for import() and import, not for require(), and for resolutions that know
 * `exports`.
 * @param {import('@arethetypeswrong/core').Problem} problem
 */
function concernsModules(problem) {
  if (problem.kind === 'CJSResolvesToESM') return false
  return (
    !('resolutionKind' in problem) || !['node10', 'node16-cjs'].includes(problem.resolutionKind)
  )
}

/** @param {string} resolution */
function typeTestFailures(resolution) {
  const { status, stdout } = spawnSync(
    process.execPath,
    ['node_modules/typescript/bin/tsc', '-p', `test/types/tsconfig.${resolution}.json`],
    { cwd: root, encoding: 'utf8' },
  )
  return status === 0 ? [] : [`types under ${resolution}:\n${stdout}`]
}
