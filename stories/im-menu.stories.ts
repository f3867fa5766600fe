import type { Meta, StoryObj } from '@storybook/web-components-vite'
import { html } from 'lit'
import '../components/im-menu/im-menu.define.js'
import type { IMMenu, MenuItem } from '../components/im-menu/im-menu.js'
import { copyIcon, pinIcon, trashIcon } from '../components/internal/icons.js'
import { inAWindow } from './support/docs-window.js'
import { given } from './support/given.js'
import { shown } from './support/readiness.js'

type Args = Pick<IMMenu, 'items' | 'label'>

const select = () => {}

const items: MenuItem[] = [
  { id: 'copy', label: 'Copy', icon: copyIcon, select },
  { id: 'pin', label: 'Pin', icon: pinIcon, select, isDisabled: true },
  { id: 'delete', label: 'Delete', icon: trashIcon, select, isDanger: true, isSeparated: true },
]

const meta: Meta<Args> = {
  title: 'Helpers/im-menu',
  component: 'im-menu',
  tags: ['autodocs'],
  args: { label: 'What to do with it', items },
  parameters: { shows: ['[role=menuitem]'], ...inAWindow(280) },
  render: (args) =>
    html`<button
        type="button"
        @click=${({ currentTarget }: Event) => open(currentTarget as Element)}
      >
        Open the menu
      </button>
      <im-menu ${given(args)}></im-menu>`,
  play: async () => open(await shown('.story > button')),
}

function open(anchor: Element): void {
  const menu = anchor.parentElement!.querySelector('im-menu')!
  void menu.show(anchor)
}

export default meta
type Story = StoryObj<Args>

/** Open, with an item that cannot be chosen now and one that destroys. */
export const Open: Story = {}

/** Items without pictures, and one that is longer than the others. */
export const WithoutIcons: Story = {
  args: {
    items: [
      { id: 'one', label: 'One', select },
      { id: 'two', label: 'What takes a few more words to say', select },
    ],
  },
}
