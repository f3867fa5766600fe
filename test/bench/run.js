// `npm run bench`: imkit beside plain DOM and beside its peers. Prints a table; README.md says what
// is measured how.

import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { argv } from 'node:process'
import { readOptions } from './options.js'
import { openBrowser } from './browser.js'
import { contenders } from './contenders.js'
import { findScenarios } from './find-scenarios.js'
import { installPeers } from './install-peers.js'
import { measure } from './measure.js'
import { stopOwnServer } from './own-server.js'
import { servePages } from './serve.js'
import { machine, markdown, plain } from './tables.js'

const options = readOptions(argv.slice(2))
const scenarios = (await findScenarios()).filter(
  ({ letter, id }) => !options.only || options.only.includes(letter) || options.only.includes(id),
)
if (options.withPeers) installPeers()

const file = options.json ?? join(import.meta.dirname, 'results.json')
const pages = await servePages(options)
const browser = await openBrowser()
try {
  const results = []
  for (const scenario of scenarios) {
    const result = await measure(scenario, {
      contenders: contenders.filter(({ isPeer }) => !isPeer || options.withPeers),
      rounds: options.rounds,
      isLong: options.isLong,
      browser,
      pages,
    })
    results.push(result)
    console.log(options.isMarkdown ? markdown(result) : plain(result))
    // After each, so that a run that is broken off has not been for nothing.
    const report = { ...machine(browser.version), rounds: options.rounds, scenarios: results }
    writeFileSync(file, `${JSON.stringify(report, undefined, 2)}\n`)
  }
} finally {
  await browser.close()
  await pages.close()
  await stopOwnServer()
}
