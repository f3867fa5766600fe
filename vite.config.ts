import { cpSync, existsSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import { defineConfig, type Plugin, type UserConfig } from 'vite'
import packageJson from './package.json' with { type: 'json' }
import { minifyTemplates } from './scripts/minify-templates.js'

const root = import.meta.dirname

/** `vite build` makes the library, `vite build --mode demo` the pages; the server shows the pages. */
export default defineConfig(({ mode, command }) =>
  command === 'build' && mode !== 'demo' ? library() : pages(),
)

/**
 * One module of dist/ for each of the source: an application's bundler drops what it does not use,
 * dynamic imports stay dynamic, and the declarations that tsc writes lie beside their modules.
 * Packages stay imports; the application's bundler brings them in once.
 */
function library(): UserConfig {
  const entries = [
    ...['kit/index', 'define', 'core/index'].map((entry) => `src/${entry}.ts`),
    ...['index', 'service-worker'].map((entry) => `src/kit/notifications/${entry}.ts`),
    ...['local', 'xmpp'].map((name) => `src/backends/${name}/index.ts`),
    ...['imlib', 'imkit', 'engine'].map((entry) => `src/rongcloud/${entry}.ts`),
    ...filesBelow('src/kit/locales', '.ts'),
    ...filesBelow('components', '.ts'),
    ...filesBelow('themes', '.ts'),
  ].filter((file) => existsSync(join(root, file)))

  return {
    root,
    publicDir: false,
    plugins: [smallTemplates(), copyThemes()],
    build: {
      outDir: 'dist',
      target: 'es2022',
      minify: false,
      sourcemap: true,
      lib: {
        formats: ['es'],
        entry: Object.fromEntries(entries.map((file) => [file.replace(/\.ts$/, ''), file])),
      },
      rolldownOptions: {
        external: isDependency,
        output: {
          preserveModules: true,
          preserveModulesRoot: root,
          // The compiler's own helpers come under the name and version of its run time.
          entryFileNames: ({ name }) => `${name.replace(/^_virtual\/.*\//, '_virtual/')}.js`,
        },
      },
    },
  }
}

function isDependency(id: string): boolean {
  return Object.keys(packageJson.dependencies).some(
    (name) => id === name || id.startsWith(`${name}/`),
  )
}

/** The demo, the other examples, and the pages that tests need. */
function pages(): UserConfig {
  const html = [...filesBelow('examples', '.html'), ...filesBelow('test/e2e', '.html')]
  return {
    root,
    // Relative, so that the built pages work below any path of any server.
    base: './',
    publicDir: false,
    // An unknown path is an error and not the demo.
    appType: 'mpa',
    plugins: [startAtDemo()],
    // All that a page written for the original has to change: where its packages are.
    resolve: {
      alias: {
        '@rongcloud/imlib-next': join(root, 'src/rongcloud/imlib.ts'),
        '@rongcloud/imkit': join(root, 'src/rongcloud/imkit.ts'),
        '@rongcloud/engine': join(root, 'src/rongcloud/engine.ts'),
      },
    },
    // Told beforehand, the server finds all packages at its start; one found later reloads the page.
    optimizeDeps: { entries: html },
    build: {
      outDir: 'demo-static',
      target: 'es2022',
      // See .storybook/vite.config.ts.
      cssTarget: ['chrome123', 'firefox120', 'safari17.5'],
      modulePreload: { polyfill: false },
      rolldownOptions: { input: html },
    },
  }
}

const demo = 'examples/demo/'

/** The demo keeps its own folder, so that its relative links hold; `/` leads there. */
function startAtDemo(): Plugin {
  type Next = () => void
  const redirect = (
    request: { url?: string },
    response: { writeHead(status: number, headers: Record<string, string>): { end(): void } },
    next: Next,
  ) => {
    const { pathname, search } = new URL(request.url ?? '/', 'http://localhost')
    if (pathname !== '/') return next()
    response.writeHead(302, { Location: `/${demo}${search}` }).end()
  }
  return {
    name: 'imkit:start-at-demo',
    configureServer: (server) => void server.middlewares.use(redirect),
    configurePreviewServer: (server) => void server.middlewares.use(redirect),
    generateBundle() {
      this.emitFile({
        type: 'asset',
        fileName: 'index.html',
        source: `<!doctype html><title>imkit</title><meta http-equiv="refresh" content="0; url=${demo}" />\n`,
      })
    },
  }
}

/** An application's minifier leaves the inside of templates as it is. */
function smallTemplates(): Plugin {
  return {
    name: 'imkit:small-templates',
    enforce: 'pre',
    transform: (code, id) => (id.endsWith('.ts') ? minifyTemplates(code) : undefined),
  }
}

/** The style sheets go to the package as they are: a page links them, nothing imports them. */
function copyThemes(): Plugin {
  return {
    name: 'imkit:copy-themes',
    closeBundle() {
      for (const file of filesBelow('themes', '.css')) {
        cpSync(join(root, file), join(root, 'dist', file))
      }
    },
  }
}

/** Paths from the root, with `/`; none if there is no such folder. Skips what has its own build. */
function filesBelow(folder: string, ending: string): string[] {
  if (!existsSync(join(root, folder))) return []
  return readdirSync(join(root, folder), { withFileTypes: true }).flatMap((entry) => {
    const path = `${folder}/${entry.name}`
    if (entry.isFile()) return entry.name.endsWith(ending) ? [path] : []
    if (!entry.isDirectory() || existsSync(join(root, path, 'package.json'))) return []
    return filesBelow(path, ending)
  })
}
