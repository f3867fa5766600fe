// Finds the Chromium that the tests run in. Node's own modules only: this runs before `npm ci`.

import { spawnSync } from 'node:child_process'
import { existsSync, readFileSync } from 'node:fs'
import { delimiter, join } from 'node:path'
import { env, getuid, platform, stderr } from 'node:process'
import { pathToFileURL } from 'node:url'

/**
 * Flags for every test browser. Without the sandbox because containers have neither the user
 * namespaces nor the ordinary user it needs; the others keep it from calling home.
 */
export const browserFlags = [
  '--no-sandbox',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
  '--no-first-run',
]

const howToGetOne =
  'No browser for the tests: install Chromium or Google Chrome, or set CHROME_PATH to one.'

/** The shell first: it is Chromium without windows, and the tests need a quarter less time in it. */
const names = [
  'chromium-headless-shell',
  'chromium',
  'chromium-browser',
  'google-chrome',
  'google-chrome-stable',
]

const usualPlaces = {
  darwin: [
    '/Applications/Chromium.app/Contents/MacOS/Chromium',
    '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
  ],
  win32: [env.PROGRAMFILES, env['PROGRAMFILES(X86)'], env.LOCALAPPDATA]
    .filter((folder) => folder !== undefined)
    .map((folder) => join(folder, 'Google/Chrome/Application/chrome.exe')),
}

/**
 * The path of a browser, looked for in CHROME_PATH, among Playwright's own and on the system.
 * Throws an error of one line when there is none.
 *
 * @returns {Promise<string>}
 */
export async function findBrowser() {
  if (env.CHROME_PATH) {
    if (existsSync(env.CHROME_PATH)) return env.CHROME_PATH
    throw new Error(`CHROME_PATH names no file: ${env.CHROME_PATH}`)
  }
  const found = (await playwrightsOwn()) ?? onTheSystem()
  if (found === undefined) throw new Error(howToGetOne)
  return found
}

/**
 * Like findBrowser(), but on Debian, as root, installs the distribution's Chromium when there is
 * none: that is a build machine's container, where nobody minds.
 *
 * @returns {Promise<string>}
 */
export async function findOrInstallBrowser() {
  try {
    return await findBrowser()
  } catch (error) {
    if (env.CHROME_PATH || !installFromDebian()) throw error
    return findBrowser()
  }
}

async function playwrightsOwn() {
  try {
    const { chromium } = await import('playwright-core')
    const path = chromium.executablePath()
    return existsSync(path) ? path : undefined
  } catch {
    // Not installed yet, or there is no build of it for this system.
    return undefined
  }
}

function onTheSystem() {
  const inPath = (env.PATH ?? '')
    .split(delimiter)
    .flatMap((folder) => names.map((name) => join(folder, name)))
  const usual = platform === 'darwin' || platform === 'win32' ? usualPlaces[platform] : []
  return [...inPath, ...usual].find((path) => existsSync(path) && starts(path))
}

/** Ubuntu's `chromium-browser` may be a stub that only says which snap to install. */
function starts(/** @type {string} */ path) {
  // Chrome on Windows opens a window instead of printing its version.
  if (platform === 'win32') return true
  return spawnSync(path, ['--version', '--no-sandbox'], { timeout: 20_000 }).status === 0
}

function installFromDebian() {
  if (platform !== 'linux' || getuid?.() !== 0 || !isDebian()) return false
  stderr.write('No browser found: installing Debian’s chromium.\n')
  const install = (/** @type {string} */ name) =>
    aptGet('install', '--yes', '--no-install-recommends', name)
  // Older releases have no package of the shell alone.
  return aptGet('update') && (install('chromium-headless-shell') || install('chromium'))
}

function isDebian() {
  return (
    existsSync('/etc/os-release') && /^ID=debian$/m.test(readFileSync('/etc/os-release', 'utf8'))
  )
}

function aptGet(/** @type {string[]} */ ...args) {
  // Its output goes to stderr: stdout is for the path.
  const { status } = spawnSync('apt-get', ['-qq', ...args], {
    stdio: ['ignore', 2, 2],
    env: { ...env, DEBIAN_FRONTEND: 'noninteractive' },
  })
  return status === 0
}

if (process.argv[1] && import.meta.url === pathToFileURL(process.argv[1]).href) {
  try {
    console.log(await findOrInstallBrowser())
  } catch (error) {
    console.error(error instanceof Error ? error.message : error)
    process.exitCode = 1
  }
}
