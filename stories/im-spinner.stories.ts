import type { Meta, StoryObj } from '@storybook/web-components-vite'
import { html } from 'lit'
import type { IMSpinner } from '../components/im-spinner/im-spinner.js'
import { given } from './support/given.js'

type Args = Pick<IMSpinner, 'label'>

const meta: Meta<Args> = {
  title: 'Helpers/im-spinner',
  component: 'im-spinner',
  tags: ['autodocs'],
  args: { label: 'Loading' },
  parameters: { shows: ['[part~=spinner]'] },
  render: (args) => html`<im-spinner ${given(args)}></im-spinner>`,
}

export default meta
type Story = StoryObj<Args>

/** Something is going on, and nobody knows for how long. */
export const Labelled: Story = {}

/** Beside words that say the same it is decoration. */
export const Decoration: Story = {
  args: { label: '' },
  render: () => html`<div class="row"><im-spinner></im-spinner> Looking for older messages…</div>`,
}
