import { existsSync, mkdirSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import { env } from 'node:process'
import { defineConfig } from '@playwright/test'
import { browserFlags, findBrowser } from './scripts/browser.js'
import { freePort } from './scripts/free-port.js'
import { notOnAServer } from './test/e2e/support/not-on-a-server.js'
import type { Options, WorkerOptions } from './test/e2e/support/test.js'

const root = import.meta.dirname

// The workers read this file too. They inherit the environment, and with it the same ports.
const demoPort = Number((env.IMKIT_DEMO_PORT ??= String(await freePort())))
const storiesPort = Number((env.IMKIT_STORIES_PORT ??= String(await freePort())))

const vite = `node ${JSON.stringify(join(root, 'node_modules/vite/bin/vite.js'))}`
const preview = (port: number, options: string) =>
  `${vite} preview --host 127.0.0.1 --port ${port} --strictPort ${options}`

// `npm run build-storybook` makes it, which takes too long to do it here each time.
const storybook = join(root, 'storybook-static')
const hasStories = hasSpecs('test/stories')
if (hasStories) mkdirSync(storybook, { recursive: true })

export default defineConfig<Options, WorkerOptions>({
  outputDir: 'test-results',
  reporter: 'list',
  timeout: 60_000,
  expect: { timeout: 15_000, toPass: { intervals: [100] } },
  workers: 2,
  fullyParallel: true,
  // A test that passes only now and then is a fault, in itself or in what it tests.
  retries: 0,
  use: {
    // A trace of every test costs a third of the time; `--trace on` records one where it is needed.
    screenshot: 'only-on-failure',
    launchOptions: { executablePath: await findBrowser(), args: browserFlags },
  },
  projects: [
    {
      name: 'e2e',
      testDir: 'test/e2e',
      use: { baseURL: `http://127.0.0.1:${demoPort}/` },
    },
    {
      // The same on a real server, from another origin than the server's.
      name: 'server',
      testDir: 'test/e2e',
      ...notOnAServer,
      use: { baseURL: `http://127.0.0.1:${demoPort}/`, isOnServer: true },
    },
    ...(hasStories
      ? [
          {
            name: 'stories',
            testDir: 'test/stories',
            use: { baseURL: `http://127.0.0.1:${storiesPort}/` },
          },
        ]
      : []),
  ],
  webServer: [
    // Built pages and not the development server: that one reloads a page when it comes upon a
    // package it has not prepared yet.
    {
      name: 'demo',
      command: env.IMKIT_DEMO_IS_BUILT
        ? preview(demoPort, '--mode demo')
        : `${vite} build --mode demo --logLevel warn && ${preview(demoPort, '--mode demo')}`,
      port: demoPort,
      timeout: 120_000,
    },
    ...(hasStories
      ? [
          {
            name: 'stories',
            command: preview(
              storiesPort,
              '--config .storybook/vite.config.ts --outDir storybook-static',
            ),
            port: storiesPort,
          },
        ]
      : []),
  ],
})

function hasSpecs(folder: string): boolean {
  return (
    existsSync(join(root, folder)) &&
    readdirSync(join(root, folder), { recursive: true }).some((file) =>
      String(file).endsWith('.spec.ts'),
    )
  )
}
