import type { Meta, StoryObj } from '@storybook/web-components-vite'
import { html } from 'lit'
import { dailyLife } from './support/scripts.js'
import { staged, stageOf } from './support/staged.js'

const meta: Meta = {
  title: 'Helpers/im-provider',
  component: 'im-provider',
  tags: ['autodocs'],
  parameters: { shows: ['im-provider + im-provider .frame'] },
}

export default meta
type Story = StoryObj

/** Two users on one page: whatever is inside a provider shows what its kit has. */
export const TwoKits: Story = {
  loaders: [
    staged(async (stage) => {
      await dailyLife(stage)
      await Promise.all([stage.admit('ana'), stage.admit('mei')])
    }),
  ],
  render: (_, context) =>
    html`<div class="row">
      ${['ana', 'mei'].map(
        (id) =>
          html`<im-provider .kit=${stageOf(context).kitOf(id)}>
            <div class="frame list"><conversation-list></conversation-list></div>
          </im-provider>`,
      )}
    </div>`,
}
