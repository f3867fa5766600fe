import type { Meta, StoryObj } from '@storybook/web-components-vite'
import { html } from 'lit'
import '../components/im-emoji-picker/im-emoji-picker.define.js'
import { given } from './support/given.js'

const meta: Meta = {
  title: 'Helpers/im-emoji-picker',
  component: 'im-emoji-picker',
  tags: ['autodocs'],
  parameters: { shows: ['[part~=picker]:not([hidden])'] },
  render: (args) => html`<im-emoji-picker ${given(args)}></im-emoji-picker>`,
}

export default meta
type Story = StoryObj

/** With search, categories and skin tones. */
export const Open: Story = {}

/** Dark, by the theme of the page. */
export const Dark: Story = { globals: { theme: 'dark' } }

/** In English. */
export const English: Story = { globals: { locale: 'en' } }

/** Two on one page share one picker: the other one waits to be touched. */
export const Two: Story = {
  parameters: { shows: ['[part~=picker]:not([hidden])', '[part~=state] button'] },
  render: () =>
    html`<div class="row">
      <im-emoji-picker></im-emoji-picker>
      <im-emoji-picker></im-emoji-picker>
    </div>`,
}
