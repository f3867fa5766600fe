/** The files of a project as they are to be, those that stay left out. */
import { readFileSync } from 'node:fs'
import { NotUnderstood } from './project.js'
import { serviceFile } from './service-file.js'

/** @typedef {import('./project.js').Project} Project */
/** @typedef {{ file: string, text: string }} Change */

const { version } = JSON.parse(readFileSync(new URL('../../package.json', import.meta.url), 'utf8'))

const style = { height: '100vh' }

/** @param {Project} project @returns {Change[]} @throws NotUnderstood */
export function planned(project) {
  const { framework, entry, read } = project
  const texts = new Map([
    ['package.json', withPackages(project)],
    [entry, withImport(read(entry))],
  ])
  if (!project.first(project.serviceFile)) texts.set(project.serviceFile, serviceFile(project))
  if (framework === 'plain') texts.set('index.html', withTag(read('index.html')))
  if (framework === 'vue') planVue(project, texts)
  if (framework === 'react') planReact(project, texts)
  return Array.from(texts, ([file, text]) => ({ file, text })).filter(
    ({ file, text }) => !project.first(file) || read(file) !== text,
  )
}

/** @param {Project} project */
function withPackages({ packageFile, framework, read }) {
  const needed = {
    imkit: `^${version}`,
    ...(framework === 'react' && { '@lit/react': '^1.0.8' }),
  }
  const { dependencies = {}, devDependencies = {} } = packageFile
  const missing = Object.entries(needed).filter(
    ([name]) => !(name in dependencies) && !(name in devDependencies),
  )
  const text = read('package.json')
  if (missing.length === 0) return text
  const all = { ...dependencies, ...Object.fromEntries(missing) }
  const sorted = Object.fromEntries(
    Object.entries(all).sort(([one], [other]) => (one < other ? -1 : 1)),
  )
  const [, indent = '  '] = /\n([ \t]+)"/.exec(text) ?? []
  return `${JSON.stringify({ ...packageFile, dependencies: sorted }, null, indent)}\n`
}

/** Behind the imports that are there: what a page sets up before comes before. @param {string} text */
function withImport(text) {
  if (/['"]\.\/imkit(\.[jt]s)?['"]/.test(text)) return text
  const imports = [...text.matchAll(/^import\b[^;'"]*['"][^'"]+['"];?[ \t]*$/gm)]
  const last = imports.at(-1)
  const semicolon = last?.[0].trimEnd().endsWith(';') ? ';' : ''
  const at = last ? last.index + last[0].length : 0
  const line = `import './imkit'${semicolon}`
  return last ? `${text.slice(0, at)}\n${line}${text.slice(at)}` : `${line}\n${text}`
}

/** @param {string} html */
function withTag(html) {
  if (/<im-chat\b/.test(html)) return html
  const body = /<body[^>]*>/.exec(html)
  if (!body) throw new NotUnderstood('index.html has no <body>.')
  const at = body.index + body[0].length
  return `${html.slice(0, at)}\n    <im-chat style="height: ${style.height}"></im-chat>${html.slice(at)}`
}

/** @param {Project} project @param {Map<string, string>} texts */
function planVue({ first, read }, texts) {
  const app = first('src/App.vue')
  if (!app) throw new NotUnderstood('There is no src/App.vue to put the chat into.')
  const text = read(app)
  if (!/<im-chat\b/.test(text)) {
    const template = /^<template>[ \t]*$/m.exec(text)
    if (!template) throw new NotUnderstood('src/App.vue has no <template> on a line of its own.')
    const at = template.index + template[0].length
    texts.set(
      app,
      `${text.slice(0, at)}\n  <im-chat style="height: ${style.height}" />${text.slice(at)}`,
    )
  }

  const config = first('vite.config.ts', 'vite.config.js', 'vite.config.mts', 'vite.config.mjs')
  const option = "template: { compilerOptions: { isCustomElement: (tag) => tag.includes('-') } }"
  if (!config) throw new NotUnderstood('There is no vite.config that names the Vue plugin.')
  const settings = read(config)
  if (settings.includes('isCustomElement')) return
  if (!/\bvue\(\s*\)/.test(settings)) {
    throw new NotUnderstood(
      `${config} has no plain \`vue()\`. Give the plugin this option and call again:\n  ${option}`,
    )
  }
  texts.set(config, settings.replace(/\bvue\(\s*\)/, `vue({ ${option} })`))
}

/** @param {Project} project @param {Map<string, string>} texts */
function planReact({ first, read }, texts) {
  const app = first('src/App.tsx', 'src/App.jsx')
  if (!app) throw new NotUnderstood('There is no src/App.tsx or src/App.jsx to put the chat into.')
  const text = read(app)
  if (/<IMChat\b/.test(text)) return
  // The first element that is returned, if nothing in its tag could hold another `>`.
  const root = /\breturn\s*\(\s*<(?:[A-Za-z][\w.]*(?:\s+[\w-]+="[^"]*")*\s*)?>/.exec(text)
  if (!root) {
    throw new NotUnderstood(
      `${app} returns no plain element. Put <IMChat style={{ height: '100vh' }} /> of ` +
        '`imkit/react/im-chat` where the chat is to be, and call again.',
    )
  }
  const at = root.index + root[0].length
  const semicolon = /^import\b.*;[ \t]*$/m.test(text) ? ';' : ''
  const tag = `\n      <IMChat style={{ height: '${style.height}' }} />`
  texts.set(
    app,
    `import { IMChat } from 'imkit/react/im-chat'${semicolon}\n${text.slice(0, at)}${tag}${text.slice(at)}`,
  )
}
