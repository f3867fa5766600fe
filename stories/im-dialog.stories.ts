import type { Meta, StoryObj } from '@storybook/web-components-vite'
import { html } from 'lit'
import '../components/im-dialog/im-dialog.define.js'
import type { IMDialog } from '../components/im-dialog/im-dialog.js'
import { inAWindow } from './support/docs-window.js'
import { given } from './support/given.js'

type Args = Pick<IMDialog, 'label' | 'open'> & { paragraphs: number }

const meta: Meta<Args> = {
  title: 'Helpers/im-dialog',
  component: 'im-dialog',
  tags: ['autodocs'],
  args: { label: 'Leave the crew?', open: true, paragraphs: 1 },
  argTypes: { paragraphs: { control: 'number', description: 'Length of what is inside.' } },
  parameters: { shows: ['dialog[open]'], ...inAWindow(480) },
  render: ({ paragraphs, ...args }) =>
    html`<im-dialog ${given(args)}>
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
