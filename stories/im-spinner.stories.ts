import type { Meta, StoryObj } from '@storybook/web-components-vite'
import { html, nothing } from 'lit'
import type { IMSpinner } from '../components/im-spinner/im-spinner.js'

type Args = Pick<IMSpinner, 'label'>

const meta: Meta<Args> = {
  title: 'Helpers/im-spinner',
  component: 'im-spinner',
  args: { label: 'Loading' },
  argTypes: { label: { control: 'text', description: 'Read out for it.' } },
  parameters: { shows: ['[part~=spinner]'] },
  render: ({ label }) => html`<im-spinner label=${label || nothing}></im-spinner>`,
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
