/** What the stories of `<message-list>` have in common. */
import type { Meta, StoryObj } from '@storybook/web-components-vite'
import { html } from 'lit'
import type { MessageList } from '../../components/message-list/message-list.js'
import { DisabledMessageContextMenu } from '../../src/kit/menu-items.js'
import { given } from './given.js'
import { ticks } from './ticks.js'

export type Args = Pick<
  MessageList,
  'baseSize' | 'customMenu' | 'disableMenu' | 'forwardList' | 'maxRecallDuration'
>

export type Story = StoryObj<Args>

export const messageListMeta = {
  component: 'message-list',
  args: { maxRecallDuration: 120 },
  argTypes: { disableMenu: ticks(DisabledMessageContextMenu) },
  parameters: { shows: ['[part~=bubble]'] },
  render: (args) =>
    html`<div class="frame messages">
      <message-list ${given(args)}></message-list>
    </div>`,
} satisfies Meta<Args>
