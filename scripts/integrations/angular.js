/**
 * A directive of Angular for each element: with it the tag is known to templates without a schema,
 * and what is bound to its properties is checked. Events need nothing: Angular listens to them on
 * the element and takes their types from the page's own table.
 *
 * These are the declarations that Angular's compiler writes for a library and links in a build.
 */
import { elements } from '../elements.js'

/** @typedef {import('../elements.js').PublicElement} PublicElement */

/** The Angular whose format of declarations this is; later ones read it. */
const version = '19.0.0'

/** @returns {Record<string, string>} the files of dist/angular/ and their text */
export function angularDirectives() {
  const names = elements.map(directiveOf)
  /** @type {Record<string, string>} */
  const files = {
    'index.js': `${elements.map(importOf).join('')}
export { ${names.join(', ')} }

export const imkitTags = [${names.join(', ')}]
`,
    'index.d.ts': `${elements.map(importOf).join('')}
export { ${names.join(', ')} }

/** All tags of the package: \`@Component({ imports: [imkitTags] })\`. */
export declare const imkitTags: readonly [${names.map((name) => `typeof ${name}`).join(', ')}]
`,
  }
  for (const element of elements) {
    files[`${element.tag}.js`] = directive(element)
    files[`${element.tag}.d.ts`] = declaration(element)
  }
  return files
}

/** Not the element's own name, which the page may import beside it. */
function directiveOf(/** @type {PublicElement} */ { name }) {
  return `${name}Tag`
}

function importOf(/** @type {PublicElement} */ element) {
  return `import { ${directiveOf(element)} } from './${element.tag}.js'\n`
}

function inputsOf(/** @type {PublicElement} */ { properties }) {
  return properties.filter((property) => !property.readonly)
}

/** A value written in markup comes as a text. */
function converted(/** @type {string} */ type) {
  if (type === 'boolean') return "value === '' || value"
  return type === 'number' ? "typeof value === 'string' ? Number(value) : value" : 'value'
}

function directive(/** @type {PublicElement} */ element) {
  const name = directiveOf(element)
  const inputs = inputsOf(element)
  const setters = inputs.map(
    ({ name, type }) => `
  set ${name}(value) {
    this.#element.${name} = ${converted(type?.text ?? '')}
  }
`,
  )
  return `import * as i0 from '@angular/core'
import '../${element.module.replace(/\.ts$/, '')}.define.js'

export class ${name} {
  static ɵfac = i0.ɵɵngDeclareFactory({
    minVersion: '12.0.0',
    version: '${version}',
    ngImport: i0,
    type: ${name},
    deps: [{ token: i0.ElementRef }],
    target: i0.ɵɵFactoryTarget.Directive,
  })
  static ɵdir = i0.ɵɵngDeclareDirective({
    minVersion: '14.0.0',
    version: '${version}',
    ngImport: i0,
    type: ${name},
    isStandalone: true,
    selector: '${element.tag}',
    inputs: { ${inputs.map(({ name }) => `${name}: '${name}'`).join(', ')} },
  })

  #element

  constructor({ nativeElement }) {
    this.#element = nativeElement
  }
${setters.join('')}}
`
}

function declaration(/** @type {PublicElement} */ element) {
  const { tag, description } = element
  const name = directiveOf(element)
  const inputs = inputsOf(element)
  const setters = inputs.map(
    ({ name, description = '' }) =>
      `  /** ${description.replaceAll('*/', '*\u200b/').replaceAll(/\s*\n\s*/g, ' ')} */
  set ${name}(value: Written<Properties['${name}']>)\n`,
  )
  const map = inputs.map(({ name }) => `'${name}': { 'alias': '${name}'; 'required': false }`)
  return `import * as i0 from '@angular/core'
import type { ElementProperties, Written } from '../integrations/elements.js'

type Properties = ElementProperties['${tag}']

/** ${description.replaceAll('\n', '\n * ')} */
export declare class ${name} {
${setters.join('')}  static ɵfac: i0.ɵɵFactoryDeclaration<${name}, never>
  static ɵdir: i0.ɵɵDirectiveDeclaration<
    ${name},
    '${tag}',
    never,
    { ${map.join('; ')} },
    {},
    never,
    never,
    true,
    never
  >
}
`
}
