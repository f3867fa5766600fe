#!/usr/bin/env node
// `npx imkit init [folder]`: puts a chat into a Vite project and says what it changed.

import { existsSync, mkdirSync, writeFileSync } from 'node:fs'
import { dirname, join, resolve } from 'node:path'
import { argv, exit } from 'node:process'
import { planned } from './init/plan.js'
import { NotUnderstood, readProject } from './init/project.js'

const [command, folder = '.', ...rest] = argv.slice(2)
if (command !== 'init' || folder.startsWith('-') || rest.length > 0) {
  console.log(`Usage: npx imkit init [folder]

Puts a chat into a Vite project (plain, Vue or React): the tag, a file with the service
callbacks, and the theme. Calling it again changes nothing that is there.`)
  exit(command === '--help' || command === '-h' ? 0 : 1)
}

try {
  init(resolve(folder))
} catch (error) {
  if (!(error instanceof NotUnderstood)) throw error
  console.error(`${error.message}\nNothing was changed.`)
  exit(1)
}

/** All is read and understood before the first file is written. @param {string} root */
function init(root) {
  const project = readProject(root)
  const changes = planned(project)
  for (const { file, text } of changes) {
    const path = join(root, file)
    const isNew = !existsSync(path)
    console.log(`${isNew ? 'new' : 'changed'}  ${file}`)
    if (!isNew) for (const line of newLines(project.read(file), text)) console.log(`  + ${line}`)
    mkdirSync(dirname(path), { recursive: true })
    writeFileSync(path, text)
  }
  if (changes.length === 0) return console.log('The chat is there already: nothing to change.')
  const isToInstall = changes.some(({ file }) => file === 'package.json')
  console.log(`\nNext: ${isToInstall ? 'npm install, then ' : ''}npm run dev.`)
  console.log(`Who is logged in and who is who is in ${project.serviceFile}.`)
}

/** @param {string} before @param {string} after */
function newLines(before, after) {
  const known = new Set(before.split('\n').map((line) => line.trim()))
  return after
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '' && !known.has(line))
}
