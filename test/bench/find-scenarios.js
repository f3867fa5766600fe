// Scenarios are found, not listed: every module of scenarios/, and every `core*.js` beside this file,
// has one as its default export, or an array of them.

import { readdirSync } from 'node:fs'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'

/** @returns {Promise<import('./scenario.js').Scenario[]>} by letter */
export async function findScenarios() {
  const here = import.meta.dirname
  const files = [
    ...readdirSync(join(here, 'scenarios')).map((file) => join(here, 'scenarios', file)),
    ...readdirSync(here)
      .filter((file) => /^core.*\.js$/.test(file))
      .map((file) => join(here, file)),
  ]
  const modules = await Promise.all(files.map((file) => import(pathToFileURL(file).href)))
  return modules
    .flatMap((module) => module.default)
    .sort((one, other) => (one.letter < other.letter ? -1 : 1))
}
