/** What the stories of `<message-list>` have in common. */
import type { Meta, StoryObj } from '@storybook/web-components-vite'
import { html, nothing } from 'lit'
import type { MessageList } from '../../components/message-list/message-list.js'
import { DisabledMessageContextMenu } from '../../src/kit/menu-items.js'

export type Args = Pick<
  MessageList,
  'baseSize' | 'customMenu' | 'disableMenu' | 'forwardList' | 'maxRecallDuration'
>

export type Story = StoryObj<Args>

const { Forward, Delete, Recall, Reference, Copy } = DisabledMessageContextMenu

export const messageListMeta = {
  component: 'message-list',
  args: { baseSize: '', maxRecallDuration: 120, disableMenu: [], customMenu: [] },
  argTypes: {
    baseSize: { control: 'text', description: 'Font size everything inside scales by: `18px`.' },
    maxRecallDuration: {
      control: 'number',
      description: 'Seconds for which an own message can be recalled.',
    },
    disableMenu: {
      control: {
        type: 'check',
        labels: {
          [Forward]: 'Forward',
          [Delete]: 'Delete',
          [Recall]: 'Recall',
          [Reference]: 'Reference',
          [Copy]: 'Copy',
        },
      },
      options: [Forward, Delete, Recall, Reference, Copy],
      description: 'Built-in items to leave out of the menu.',
    },
    customMenu: { control: false, description: 'Items to add to the menu.' },
    forwardList: { control: false, description: 'Chooses where messages are forwarded to.' },
  },
  parameters: { shows: ['[part~=bubble]'] },
  render: (args) =>
    html`<div class="frame messages">
      <message-list
        base-size=${args.baseSize || nothing}
        .customMenu=${args.customMenu}
        .disableMenu=${args.disableMenu}
        .forwardList=${args.forwardList}
        .maxRecallDuration=${args.maxRecallDuration}
      ></message-list>
    </div>`,
} satisfies Meta<Args>
