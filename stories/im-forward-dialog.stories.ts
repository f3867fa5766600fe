import type { Meta, StoryObj } from '@storybook/web-components-vite'
import { html } from 'lit'
import '../components/im-forward-dialog/im-forward-dialog.define.js'
import type { IMForwardDialog } from '../components/im-forward-dialog/im-forward-dialog.js'
import { inAWindow } from './support/docs-window.js'
import { given } from './support/given.js'
import { shown } from './support/readiness.js'
import { dailyLife } from './support/scripts.js'
import { staged } from './support/staged.js'

type Args = Pick<IMForwardDialog, 'limit'>

const meta: Meta<Args> = {
  title: 'Helpers/im-forward-dialog',
  component: 'im-forward-dialog',
  tags: ['autodocs'],
  args: { limit: 5 },
  parameters: { shows: ['[part~=conversation]'], ...inAWindow(640) },
  render: (args) => html`<im-forward-dialog ${given(args)}></im-forward-dialog>`,
}

export default meta
type Story = StoryObj<Args>

async function open(): Promise<void> {
  const dialog = (await shown('im-forward-dialog')) as IMForwardDialog
  void dialog.choose()
  await shown('[part~=conversation]')
}

/** Nobody is chosen yet. */
export const Open: Story = { loaders: [staged(dailyLife)], play: open }

/** As many as the service takes at once. */
export const AtTheLimit: Story = {
  args: { limit: 2 },
  loaders: [staged(dailyLife)],
  play: async () => {
    await open()
    for (const place of [1, 2, 3]) {
      ;(await shown(`li:nth-of-type(${place}) [part~=conversation]`)).click()
    }
  },
}

/** Nothing fits what is searched for. */
export const NothingFound: Story = {
  parameters: { shows: ['.none'] },
  loaders: [staged(dailyLife)],
  play: async () => {
    await open()
    const search = (await shown('input[type=search]')) as HTMLInputElement
    search.value = 'zzz'
    search.dispatchEvent(new Event('input', { bubbles: true }))
  },
}

/** There is no conversation at all. */
export const Empty: Story = {
  parameters: { shows: ['.none'] },
  loaders: [staged()],
  play: async () => {
    void ((await shown('im-forward-dialog')) as IMForwardDialog).choose()
  },
}
