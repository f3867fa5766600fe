import { parseArgs } from 'node:util'

/**
 * @typedef {object} Options
 * @property {string[] | undefined} only letters or names of scenarios; all of them without it
 * @property {number} rounds
 * @property {boolean} withPeers
 * @property {boolean} isLong
 * @property {boolean} isMarkdown
 * @property {string | undefined} json where the results go
 */

/**
 * Throws an error that says what there is when an option is not known.
 *
 * @returns {Options}
 */
export function readOptions(/** @type {string[]} */ args) {
  const { values } = parseArgs({
    args,
    options: {
      only: { type: 'string' },
      rounds: { type: 'string', default: '5' },
      'without-peers': { type: 'boolean', default: false },
      long: { type: 'boolean', default: false },
      markdown: { type: 'boolean', default: false },
      json: { type: 'string' },
    },
  })
  const rounds = Number(values.rounds)
  if (!Number.isInteger(rounds) || rounds < 1) throw new Error('--rounds takes a number from 1 on.')
  return {
    only: values.only?.split(','),
    rounds,
    withPeers: !values['without-peers'],
    isLong: values.long,
    isMarkdown: values.markdown,
    json: values.json,
  }
}
