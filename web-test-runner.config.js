import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { defaultReporter } from '@web/test-runner'
import { playwrightLauncher } from '@web/test-runner-playwright'
import { browserFlags, findBrowser } from './scripts/browser.js'
import { freePort } from './scripts/free-port.js'
import { bundledTests } from './scripts/wtr-bundle.js'
import { failOnUncaught, wtrSummary } from './scripts/wtr-reporters.js'
import { serverCommands } from './test/support/server-commands.js'

const executablePath = await findBrowser()
const uncaught = readFileSync(join(import.meta.dirname, 'test/support/uncaught.js'), 'utf8')

const kinds = ['contract', 'component', 'unit']

/** @type {import('@web/test-runner').TestRunnerConfig} */
export default {
  files: kinds.map((kind) => `test/${kind}/**/*.test.ts`),
  hostname: '127.0.0.1',
  port: await freePort(),
  concurrency: 2,
  // Without a terminal its progress display is only noise in the log.
  staticLogging: !process.stdout.isTTY,
  testFramework: { config: { timeout: 30_000 } },
  // A file that never ends, say in an endless loop, must not hold up the run for long.
  testsFinishTimeout: 240_000,
  testsStartTimeout: 60_000,
  browsers: [
    playwrightLauncher({
      product: 'chromium',
      // Whether an element leaves nothing behind shows when garbage is collected.
      launchOptions: { executablePath, args: [...browserFlags, '--js-flags=--expose-gc'] },
    }),
  ],
  plugins: [
    bundledTests({
      folders: kinds.concat('support').map((kind) => `test/${kind}`),
      isWatching: process.argv.includes('--watch'),
    }),
    serverCommands(),
  ],
  reporters: [failOnUncaught(), defaultReporter({ reportTestProgress: false }), wtrSummary()],
  filterBrowserLogs: ({ args }) => !String(args[0]).startsWith('Lit is in dev mode'),
  testRunnerHtml: (framework) => `<!doctype html>
<html>
  <head>
    <meta charset="utf-8" />
    <title>Tests</title>
    <script>
      ${uncaught}
    </script>
  </head>
  <body>
    <script type="module" src="${framework}"></script>
  </body>
</html>`,
}
