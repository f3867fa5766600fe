// The examples, which `npm run build:examples` builds, and the steps of docs/getting-started.md.
import { env } from 'node:process'
import { defineConfig } from '@playwright/test'
import { browserFlags, findBrowser } from './scripts/browser.js'
import { exampleNames } from './scripts/examples.js'
import { freePort } from './scripts/free-port.js'

// The workers read this file too. They inherit the environment, and with it the same ports.
const port = Number((env.IMKIT_EXAMPLES_PORT ??= String(await freePort())))
const nextPort = Number((env.IMKIT_NEXT_PORT ??= String(await freePort())))

/** Specs of one example only. */
const ownSpecs: Record<string, string> = {
  html: 'offline.spec.ts',
  next: 'server-rendered.spec.ts',
}

export default defineConfig({
  outputDir: 'test-results/examples',
  reporter: 'list',
  timeout: 60_000,
  expect: { timeout: 15_000, toPass: { intervals: [100] } },
  workers: 2,
  fullyParallel: true,
  retries: 0,
  testDir: 'test/examples',
  use: {
    screenshot: 'only-on-failure',
    launchOptions: { executablePath: await findBrowser(), args: browserFlags },
  },
  projects: [
    // First, because they take longest.
    { name: 'getting-started', testMatch: 'getting-started.spec.ts', timeout: 180_000 },
    ...exampleNames.map((name) => ({
      name,
      testMatch: ['behaviour.spec.ts', ownSpecs[name] ?? []].flat(),
      use: {
        // A browser finds every name below localhost on this machine.
        baseURL:
          name === 'next' ? `http://localhost:${nextPort}/` : `http://${name}.localhost:${port}/`,
      },
    })),
  ],
  webServer: [
    { name: 'examples', command: `node scripts/serve-examples.js ${port}`, port },
    {
      name: 'next',
      command: `npm run serve -- --hostname 127.0.0.1 --port ${nextPort}`,
      cwd: 'examples/next',
      port: nextPort,
    },
  ],
})
