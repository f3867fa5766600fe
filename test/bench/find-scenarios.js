// Scenarios are found, not listed: every module of scenarios/ has one as its default export, or an
// array of them.

import { readdirSync } from 'node:fs'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'

/** @returns {Promise<import('./scenario.js').Scenario[]>} by letter */
export async function findScenarios() {
  const folder = join(import.meta.dirname, 'scenarios')
  const files = readdirSync(folder).map((file) => join(folder, file))
  const modules = await Promise.all(files.map((file) => import(pathToFileURL(file).href)))
  return modules
    .flatMap((module) => module.default)
    .sort((one, other) => (one.letter < other.letter ? -1 : 1))
}
