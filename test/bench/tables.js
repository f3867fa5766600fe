// Results as tables, for a terminal and for Markdown.

import { cpus } from 'node:os'
import { version } from 'node:process'

/**
 * @typedef {import('./measure.js').ScenarioResult} ScenarioResult
 * @typedef {import('./measure.js').Measured} Measured
 */

export function machine(/** @type {string} */ browser) {
  const [cpu] = cpus()
  return {
    date: new Date().toISOString(),
    browser,
    node: version,
    cpu: cpu?.model ?? 'unknown',
    cores: cpus().length,
  }
}

/** @returns {string} */
export function plain(/** @type {ScenarioResult} */ result) {
  const lines = [`\n${result.letter}. ${result.title}`]
  for (const { name, contenders } of result.cases) {
    const table = rows(result, contenders)
    const widths = (table[0] ?? []).map((_, column) =>
      Math.max(...table.map((row) => row[column]?.length ?? 0)),
    )
    lines.push(`  ${name}`)
    for (const row of table) {
      const cells = row.map((cell, column) =>
        column === 0 ? cell.padEnd(widths[column] ?? 0) : cell.padStart(widths[column] ?? 0),
      )
      lines.push(`    ${cells.join('  ')}`.trimEnd())
    }
  }
  return [...lines, ...result.bars.map((bar) => `  ${barLine(bar)}`)].join('\n')
}

/** @returns {string} */
export function markdown(/** @type {ScenarioResult} */ result) {
  const lines = [`\n### ${result.title}`]
  for (const { name, contenders } of result.cases) {
    const [head = [], ...body] = rows(result, contenders)
    const line = (/** @type {string[]} */ cells) => `| ${cells.join(' | ')} |`
    const rule = head.map((_, column) => (column === 0 ? '---' : '---:'))
    lines.push('', `**${name}**`, '', line(head), line(rule), ...body.map(line))
  }
  return [...lines, '', ...result.bars.map((bar) => `- ${barLine(bar)}`)].join('\n')
}

/** @returns {string[][]} */
function rows(
  /** @type {ScenarioResult} */ { metrics, baseline },
  /** @type {Measured[]} */ contenders,
) {
  const names = Object.keys(metrics)
  const base = contenders.find(({ contender }) => contender === baseline)?.medians ?? {}
  const head = [
    '',
    ...Object.values(metrics).map(({ title, unit }) => [title, unit].filter(Boolean).join(', ')),
  ]
  return [
    head,
    ...contenders.map(({ name, reason, medians }) => {
      if (reason !== undefined)
        return [name, reason === 'gave up' || reason === 'failed' ? reason : `– ${reason}`]
      return [name, ...names.map((metric) => cell(metrics[metric], medians[metric], base[metric]))]
    }),
  ]
}

/** The value, and in brackets its ratio to the baseline's where that says something. */
function cell(
  /** @type {import('./scenario.js').Metric | undefined} */ metric,
  /** @type {number | undefined} */ value,
  /** @type {number | undefined} */ base,
) {
  if (value === undefined || metric === undefined) return '–'
  const shown = number(value, metric.digits)
  return metric.isCompared && base ? `${shown} (${(value / base).toFixed(2)}×)` : shown
}

function barLine(/** @type {ScenarioResult['bars'][number]} */ bar) {
  const limit =
    'most' in bar ? `at most ${number(bar.most, 2)}` : `at least ${number(bar.least, 2)}`
  if (bar.value === undefined) return `?  ${bar.text}: not measured (${limit})`
  return `${bar.isMet ? '✓' : '✗'}  ${bar.text}: ${number(bar.value, 2)} (${limit})`
}

function number(/** @type {number} */ value, /** @type {number | undefined} */ digits = 0) {
  return Number.isFinite(value) ? String(Number(value.toFixed(digits))) : 'never'
}
