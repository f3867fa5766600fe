import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { esbuildPlugin } from '@web/dev-server-esbuild'
import { defaultReporter } from '@web/test-runner'
import { playwrightLauncher } from '@web/test-runner-playwright'
import { browserFlags, findBrowser } from './scripts/browser.js'
import { freePort } from './scripts/free-port.js'
import { failOnUncaught, wtrSummary } from './scripts/wtr-reporters.js'
import { serverCommands } from './test/support/server-commands.js'

const executablePath = await findBrowser()
const uncaught = readFileSync(join(import.meta.dirname, 'test/support/uncaught.js'), 'utf8')

/** @type {import('@web/test-runner').TestRunnerConfig} */
export default {
  files: ['unit', 'component', 'contract'].map((kind) => `test/${kind}/**/*.test.ts`),
  nodeResolve: true,
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
    packagesAsModules(),
    lingerAfterTests(),
    serverCommands(),
    // JSON as a module, as bundlers give it: emoji data comes that way.
    esbuildPlugin({ ts: true, json: true, tsconfig: 'tsconfig.json', target: 'es2022' }),
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

/**
 * Two packages that bundlers and Node import and a browser does not, for they are CommonJS. Dexie's
 * `import` entry wraps one, but a module build of the same code lies beside it; axe-core leaves
 * itself in a global.
 */
function packagesAsModules() {
  return {
    name: 'packages-as-modules',
    /** @param {{ source: string }} import */
    resolveImport: ({ source }) =>
      source === 'dexie' ? '/node_modules/dexie/dist/dexie.mjs' : undefined,
    /** @param {{ path: string, body: unknown }} context */
    transform: ({ path, body }) =>
      path === '/node_modules/axe-core/axe.js'
        ? `${body}\nexport default globalThis.axe`
        : undefined,
  }
}

/**
 * The browser tells of an unhandled rejection a task later, too late for one from a file's last
 * test. So every file ends with a hook that waits a moment.
 */
function lingerAfterTests() {
  return {
    name: 'linger-after-tests',
    /** @param {{ path: string, body: unknown }} context */
    transform: ({ path, body }) =>
      path.endsWith('.test.ts')
        ? `${body}\nafter(() => new Promise((done) => setTimeout(done, 20)))`
        : undefined,
  }
}
