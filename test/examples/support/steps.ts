/** Does what docs/getting-started.md says, in an empty folder, with the package as it is packed. */
import { spawn, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { env, kill } from 'node:process'
import { stripVTControlCharacters } from 'node:util'

const root = join(import.meta.dirname, '../../..')
const tarball = join(root, 'dist-pack/imkit.tgz')

const angular = join(root, 'examples/angular/node_modules')

/** What the page says, and what is done for it here. */
const stoodFor: readonly [RegExp, string][] = [
  // The same command of the same Angular, but for its packages: those are the newest of the day,
  // of which now and then one is not there yet, and 320 MB.
  [
    /^npx @angular\/cli@\d+ (new .*)\ncd (.*)\nnpm install imkit$/gm,
    `cp -a ${JSON.stringify(angular)} .\nnode_modules/.bin/ng $1 --skip-install\nmv node_modules $2\ncd $2`,
  ],
  // Until it is published, the package is on this machine only.
  [/^(?=npx imkit init)/gm, `npm install ${JSON.stringify(tarball)}\n`],
  [/(?<=^npm install )imkit\b/gm, JSON.stringify(tarball)],
]

/** A block of the page: commands, or what goes into a file. */
interface Step {
  file?: string
  text: string
}

/** The blocks below a heading. One that has the name of a file in the line above is that file. */
export function stepsOf(section: string, file = 'docs/getting-started.md'): Step[] {
  const page = readFileSync(join(root, file), 'utf8')
  const [, text] = page.split(`\n## ${section}\n`)
  const [own] = (text ?? '').split('\n## ')
  const blocks = own!.matchAll(/(?:^`([^`\n]+)`.*:\n\n)?^```\w*\n([^]*?)^```$/gm)
  return Array.from(blocks, ([, file, text]) => ({ file, text: text! }))
}

export class NewProject {
  #folder: string
  #server: ChildProcess | undefined

  constructor(folder: string) {
    this.#folder = folder
  }

  /** Takes the steps, of which the last one starts a server. Gives its address. */
  async take(steps: readonly Step[]): Promise<string> {
    for (const { file, text } of steps.slice(0, -1)) {
      if (file === undefined) await this.run(text)
      else this.#write(file, text)
    }
    return this.#serve(steps.at(-1)!.text)
  }

  /** Commands; the next ones go on in the folder where these end. */
  async run(commands: string): Promise<void> {
    const end = '\n>>> '
    const { output } = this.#spawn(`set -e\n${commands}\nprintf '%s' '${end}'; pwd`)
    this.#folder = (await output).split(end).at(-1)!.trim()
  }

  async stop(): Promise<void> {
    if (!this.#server?.pid || this.#server.exitCode !== null) return
    const ended = once(this.#server, 'close')
    // The whole group: npm starts the server, and a server its own processes.
    kill(-this.#server.pid)
    await ended
  }

  #write(file: string, text: string): void {
    const path = join(this.#folder, file)
    mkdirSync(dirname(path), { recursive: true })
    writeFileSync(path, text)
  }

  #serve(command: string): Promise<string> {
    const { child, output } = this.#spawn(command)
    this.#server = child
    return new Promise((resolve, reject) => {
      let told = ''
      child.stdout!.on('data', (text: string) => {
        told += stripVTControlCharacters(text)
        const [address] = /http:\/\/localhost:\d+/.exec(told) ?? []
        if (address) resolve(address)
      })
      output.then(() => reject(new Error(`${command} ended:\n${told}`)), reject)
    })
  }

  #spawn(commands: string) {
    const local = stoodFor.reduce((text, [said, done]) => text.replace(said, done), commands)
    const child = spawn('bash', ['-c', local], {
      cwd: this.#folder,
      detached: true,
      stdio: ['ignore', 'pipe', 'pipe'],
      env: {
        ...env,
        npm_config_yes: 'true',
        npm_config_prefer_offline: 'true',
        NG_CLI_ANALYTICS: 'false',
        NEXT_TELEMETRY_DISABLED: '1',
      },
    })
    let told = ''
    for (const stream of [child.stdout, child.stderr]) {
      stream.setEncoding('utf8').on('data', (text: string) => (told += text))
    }
    const output = new Promise<string>((resolve, reject) => {
      child.on('error', reject)
      child.on('close', (status) => {
        if (status === 0) resolve(told)
        else reject(new Error(`${local}\nended with status ${status}:\n${told}`))
      })
    })
    return { child, output }
  }
}
