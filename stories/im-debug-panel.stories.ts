import type { Meta, StoryObj } from '@storybook/web-components-vite'
import { html } from 'lit'
import '../components/im-debug-panel/im-debug-panel.define.js'
import { given } from './support/given.js'
import { shortConversation } from './support/scripts.js'
import { staged } from './support/staged.js'

const meta: Meta = {
  title: 'Helpers/im-debug-panel',
  component: 'im-debug-panel',
  tags: ['autodocs'],
  parameters: { shows: ['[part~=database] dd'] },
  loaders: [staged(shortConversation)],
  render: (args) => html`<im-debug-panel ${given(args)} style="height: 100vh"></im-debug-panel>`,
}

export default meta

/** Beside a conversation of two people. */
export const Connected: StoryObj = {}

/** Dark, by the theme of the page. */
export const Dark: StoryObj = { globals: { theme: 'dark' } }

/** On a page that runs from right to left. */
export const RightToLeft: StoryObj = { globals: { direction: 'rtl' } }
