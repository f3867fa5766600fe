import type { Meta, StoryObj } from '@storybook/web-components-vite'
import { html } from 'lit'
import '../components/im-dialog/im-dialog.define.js'
import type { IMDialog } from '../components/im-dialog/im-dialog.js'

type Args = Pick<IMDialog, 'label' | 'open'> & { paragraphs: number }

const meta: Meta<Args> = {
  title: 'Helpers/im-dialog',
  component: 'im-dialog',
  args: { label: 'Leave the crew?', open: true, paragraphs: 1 },
  argTypes: {
    label: { control: 'text', description: 'Title, written and read out.' },
    open: { control: 'boolean', description: 'Shown.' },
    paragraphs: { control: 'number', description: 'Length of what is inside.' },
  },
  parameters: { shows: ['dialog[open]'] },
  render: ({ label, open, paragraphs }) =>
    html`<im-dialog .label=${label} .open=${open}>
      ${Array.from(
        { length: paragraphs },
        () => html`<p>You will not see what is said after this moment.</p>`,
      )}
      <button slot="footer" type="button">Stay</button>
      <button slot="footer" type="button">Leave</button>
    </im-dialog>`,
}

export default meta
type Story = StoryObj<Args>

/** A question with its answers. */
export const Open: Story = {}

/** More than fits into the window: the middle scrolls. */
export const Long: Story = { args: { label: 'House rules', paragraphs: 40 } }
