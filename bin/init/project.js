/** What kind of project this is, and where its parts are. */
import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'

/** Why nothing is done, for the one who called. */
export class NotUnderstood extends Error {}

/**
 * @typedef {{
 *   framework: 'plain' | 'vue' | 'react', packageFile: Record<string, any>, entry: string,
 *   serviceFile: string, isTypeScript: boolean, read: (file: string) => string,
 *   first: (...files: string[]) => string | undefined
 * }} Project
 */

/** Those with a way of their own to make a page. */
const others = {
  next: 'Next.js',
  nuxt: 'Nuxt',
  svelte: 'Svelte',
  '@angular/core': 'Angular',
  'solid-js': 'Solid',
  preact: 'Preact',
}

/** @param {string} root @returns {Project} @throws NotUnderstood */
export function readProject(root) {
  const read = (/** @type {string} */ file) => readFileSync(join(root, file), 'utf8')
  const first = (/** @type {string[]} */ ...files) =>
    files.find((file) => existsSync(join(root, file)))

  if (!first('package.json')) {
    throw new NotUnderstood(`There is no package.json in ${root}. Call it in a project's folder.`)
  }
  const packageFile = parsed(read('package.json'))
  const dependencies = { ...packageFile.dependencies, ...packageFile.devDependencies }
  for (const [name, title] of Object.entries(others)) {
    if (name in dependencies) {
      throw new NotUnderstood(
        `This is a ${title} project, which init does not know. README.md says what to write by hand.`,
      )
    }
  }
  if (!('vite' in dependencies)) {
    throw new NotUnderstood('This is no Vite project: package.json does not name `vite`.')
  }
  if (!first('index.html')) {
    throw new NotUnderstood('There is no index.html, where a Vite project starts.')
  }

  const entry = entryOf(read('index.html'))
  if (entry === undefined || !first(entry)) {
    throw new NotUnderstood(
      'index.html has no <script type="module" src="/src/…"> of a file that is there.',
    )
  }
  const isTypeScript = /\.tsx?$/.test(entry)
  return {
    framework: 'vue' in dependencies ? 'vue' : 'react' in dependencies ? 'react' : 'plain',
    packageFile,
    entry,
    serviceFile: entry.replace(/[^/]+$/, isTypeScript ? 'imkit.ts' : 'imkit.js'),
    isTypeScript,
    read,
    first,
  }
}

/** The module the page starts with, from the project's root. @param {string} html */
function entryOf(html) {
  for (const [tag] of html.matchAll(/<script\b[^>]*>/g)) {
    const [, source] = /\ssrc=["']\.?\/?([^"':]+)["']/.exec(tag) ?? []
    if (/\stype=["']module["']/.test(tag) && source) return source
  }
  return undefined
}

/** @param {string} text @returns {Record<string, any>} */
function parsed(text) {
  try {
    return JSON.parse(text)
  } catch {
    throw new NotUnderstood('package.json is no JSON.')
  }
}
