/** Forms (XEP-0004) as this client fills them in. */
import { xml, type Element } from './wire.js'

const NS = 'jabber:x:data'

/** @param type what the form is of: its `FORM_TYPE` */
export function filledForm(type: string, fields: Readonly<Record<string, string>>): Element {
  const field = (name: string, value: string, attributes = {}) =>
    xml('field', { var: name, ...attributes }, xml('value', {}, value))
  return xml(
    'x',
    { xmlns: NS, type: 'submit' },
    field('FORM_TYPE', type, { type: 'hidden' }),
    ...Object.entries(fields).map(([name, value]) => field(name, value)),
  )
}

/** What the form of a certain type within an element says of a field. */
export function fieldOf(parent: Element, type: string, name: string): string | undefined {
  for (const form of parent.getChildren('x', NS)) {
    const fields = new Map(
      form.getChildren('field').map((it) => [it.attrs.var, it.getChildText('value') ?? '']),
    )
    if (fields.get('FORM_TYPE') === type) return fields.get(name)
  }
  return undefined
}
