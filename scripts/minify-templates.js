/**
 * Makes the style sheets and templates in the source small: no minifier of JavaScript looks into
 * them. What is drawn stays the same.
 */
import { transform } from 'esbuild'
import MagicString from 'magic-string'
import ts from 'typescript'

const markup = ['html', 'svg']

/**
 * @param {string} code TypeScript
 * @returns {Promise<{ code: string, map: import('magic-string').SourceMap }>}
 */
export async function minifyTemplates(code) {
  const changed = new MagicString(code)
  /** @type {Promise<unknown>[]} */
  const pending = []
  /** @param {ts.Node} node */
  const visit = (node) => {
    if (ts.isTaggedTemplateExpression(node) && ts.isIdentifier(node.tag)) {
      const { template, tag } = node
      if (markup.includes(tag.text)) minifyMarkup(template, changed)
      if (tag.text === 'css') pending.push(minifyStyles(template, changed))
    }
    ts.forEachChild(node, visit)
  }
  visit(ts.createSourceFile('module.ts', code, ts.ScriptTarget.ES2022, true))
  await Promise.all(pending)
  return { code: changed.toString(), map: changed.generateMap({ hires: true }) }
}

/**
 * White space between tags may show, so it is shortened, never taken away; that of one line is left
 * as it is, in case somebody keeps it on purpose.
 * @param {ts.TemplateLiteral} template
 * @param {MagicString} changed
 */
function minifyMarkup(template, changed) {
  const parts = ts.isTemplateExpression(template)
    ? [template.head, ...template.templateSpans.map(({ literal }) => literal)]
    : [template]
  for (const part of parts) {
    const start = part.getStart()
    for (const { 0: space, index } of part.getText().matchAll(/\s*\n\s*/g)) {
      changed.update(start + index, start + index + space.length, ' ')
    }
  }
}

/**
 * @param {ts.TemplateLiteral} template
 * @param {MagicString} changed
 */
async function minifyStyles(template, changed) {
  if (!ts.isNoSubstitutionTemplateLiteral(template)) {
    throw new Error('A style sheet with values in it can not be made small. Use custom properties.')
  }
  const { code } = await transform(template.text, {
    loader: 'css',
    minifyWhitespace: true,
    charset: 'utf8',
  })
  const raw = code.trim().replace(/[\\`]|\$(?=\{)/g, '\\$&')
  changed.update(template.getStart(), template.getEnd(), `\`${raw}\``)
}
