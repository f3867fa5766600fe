import type { Meta, StoryObj } from '@storybook/web-components-vite'
import { html } from 'lit'
import { styleMap } from 'lit/directives/style-map.js'
import greenBubbles from '../themes/bubbles-green.css?inline'
import tokens from '../themes/tokens.css?raw'
import { groupConversation, dailyLife } from './support/scripts.js'
import { staged } from './support/staged.js'

const meta: Meta = {
  title: 'Themes',
  parameters: { shows: ['[part~=bubble]'] },
  render: () => html`<div class="frame chat"><im-chat></im-chat></div>`,
}

export default meta
type Story = StoryObj

const chat = [
  staged(async (stage) => {
    await dailyLife(stage)
    await groupConversation(stage)
  }),
]

/** Every token in the order of tokens.css; a name counts once, where it is first. */
const names = [
  ...new Set(Array.from(tokens.matchAll(/^ {2}(--im-[\w-]+):/gm), (match) => match[1]!)),
]
const colors = names.filter((name) => /color|shadow/.test(name))

/** Every colour, light and dark side by side. */
export const Colours: Story = {
  parameters: { shows: ['.swatch'] },
  render: () =>
    html`<div class="row top">
      ${['light', 'dark', 'high-contrast'].map(
        (theme) =>
          html`<section class="palette" data-im-theme=${theme} aria-label=${theme}>
            <h2>${theme}</h2>
            <ul>
              ${colors.map(
                (name) =>
                  html`<li>
                    <span class="swatch" style=${styleMap(paint(name))}></span><code>${name}</code>
                  </li>`,
              )}
            </ul>
          </section>`,
      )}
    </div>`,
}

function paint(name: string): Record<string, string> {
  return name.includes('shadow') ? { boxShadow: `var(${name})` } : { background: `var(${name})` }
}

/** Every other token, with its value. */
export const Sizes: Story = {
  parameters: { shows: ['td'] },
  render: () => {
    const root = getComputedStyle(document.documentElement)
    return html`<table>
      <thead>
        <tr>
          <th>token</th>
          <th>value</th>
        </tr>
      </thead>
      <tbody>
        ${names
          .filter((name) => !colors.includes(name))
          .map(
            (name) =>
              html`<tr>
                <td><code>${name}</code></td>
                <td>${root.getPropertyValue(name)}</td>
              </tr>`,
          )}
      </tbody>
    </table>`
  },
}

/** themes/imkit.css as it comes. */
export const Light: Story = { loaders: chat, globals: { theme: 'light' } }

/** The same, dark. */
export const Dark: Story = { loaders: chat, globals: { theme: 'dark' } }

/** More contrast, for those who ask for it. */
export const HighContrast: Story = { loaders: chat, globals: { theme: 'high-contrast' } }

const withGreenBubbles = () =>
  html`<style>
      ${greenBubbles}
    </style>
    <div class="frame chat"><im-chat></im-chat></div>`

/** Green bubbles and square pictures: themes/bubbles-green.css beside the first. */
export const GreenBubbles: Story = { loaders: chat, render: withGreenBubbles }

/** The same, dark. */
export const GreenBubblesDark: Story = { ...GreenBubbles, globals: { theme: 'dark' } }

/** A few tokens are enough to make it another product's chat. */
export const OwnTokens: Story = {
  loaders: chat,
  render: () =>
    html`<style>
        .own {
          --im-color-accent: #8a2be2;
          --im-color-accent-text: light-dark(#7420c4, #d3b0ff);
          --im-color-bubble-out: light-dark(#eadcfb, #43256b);
          --im-color-selected: light-dark(#f1e6fd, #382155);
          --im-radius-bubble: 1.25em;
          --im-radius-avatar: 30%;
          --im-font-family: Georgia, serif;
        }
      </style>
      <div class="frame chat own"><im-chat></im-chat></div>`,
}
