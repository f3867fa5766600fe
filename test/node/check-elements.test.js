// The check of the elements' comments finds what it is for.

import assert from 'node:assert/strict'
import { test } from 'node:test'
import { differences, readCode } from '../../scripts/check-elements.js'

const code = readCode(
  [
    `import { css, html } from 'lit'
     export const styles = css\`:host { color: var(--im-light); --im-of-another: red }\`
     export const row = (parts) => html\`<i part=\${parts.join(' ')}></i><slot name="header"></slot>\`
     export const parts = ['dynamic']
     export const body = html\`<b part="box label" exportparts="menu, item: menu-item"></b><slot></slot>\`
     export const tell = (on) => on.dispatchEvent(new CustomEvent('im-lit'))
     declare global { interface HTMLElementEventMap { 'im-lit': CustomEvent } }`,
  ],
  'IMLamp',
)

/** All as it is in the code above. */
const described = {
  tag: 'im-lamp',
  name: 'IMLamp',
  module: 'components/im-lamp/im-lamp.ts',
  description: 'A lamp.',
  properties: [{ kind: 'field', name: 'isOn', description: 'Lit.', type: { text: 'boolean' } }],
  methods: [{ kind: 'method', name: 'light', description: 'Lights it.' }],
  attributes: [{ name: 'is-on', fieldName: 'isOn' }],
  events: [{ name: 'im-lit', description: 'it was lit' }],
  slots: ['', 'header'].map((name) => ({ name, description: 'inside' })),
  parts: ['box', 'label', 'menu', 'menu-item', 'dynamic'].map((name) => ({
    name,
    description: 'of it',
  })),
  tokens: [{ name: '--im-light', description: 'its colour' }],
  states: [],
}

test('says nothing where comments and code agree', () => {
  assert.deepEqual(differences(described, code), [])
})

for (const [what, change, expected] of [
  [
    'a part that no template has',
    { parts: [...described.parts, entry('bulb')] },
    /part "bulb" and has none/,
  ],
  ['a part nobody described', { parts: described.parts.slice(1) }, /part "box" and does not/],
  [
    'an event that is never sent',
    { events: [...described.events, entry('im-off')] },
    /event "im-off" and has none/,
  ],
  ['an event nobody described', { events: [] }, /event "im-lit" and does not/],
  [
    'an event without a type',
    { events: [...described.events, entry('im-off')] },
    /"im-off" to HTMLElementEventMap/,
  ],
  [
    'a slot that is not there',
    { slots: [...described.slots, entry('footer')] },
    /slot "footer" and has none/,
  ],
  ['a slot nobody described', { slots: [] }, /slot "header" and does not/],
  [
    'a token that is not read',
    { tokens: [...described.tokens, entry('--im-dark')] },
    /"--im-dark" and has none/,
  ],
  ['a token nobody described', { tokens: [] }, /token "--im-light" and does not/],
  [
    'a property nobody described',
    { properties: [{ ...described.properties[0], description: '' }] },
    /property `isOn`/,
  ],
  [
    'a method nobody described',
    { methods: [{ kind: 'method', name: 'light' }] },
    /method `light\(\)`/,
  ],
  ['an attribute of nothing', { properties: [] }, /attribute `is-on` of no public property/],
]) {
  test(`finds ${what}`, () => {
    assert.match(differences({ ...described, ...change }, code).join('\n'), expected)
  })
}

function entry(/** @type {string} */ name) {
  return { name, description: 'told' }
}
