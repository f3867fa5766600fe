import type { Meta } from '@storybook/web-components-vite'
import { html } from 'lit'
import { DisabledMessageContextMenu } from '../src/kit/menu-items.js'
import * as contents from './support/contents.js'
import { messageListMeta, type Args, type Story } from './support/message-list-story.js'
import { harbour } from './support/pictures.js'
import { choose, openMenuOf, press } from './support/playing.js'
import { shown } from './support/readiness.js'
import { dailyLife, sendAsOne, shortConversation } from './support/scripts.js'
import { between, staged } from './support/staged.js'
import { chatWith } from './support/cast.js'

const meta: Meta<Args> = { ...messageListMeta, title: 'Elements/message-list/Menus and dialogs' }

export default meta

const lastOwn = 'im-message-row[data-own]:last-of-type'
const { Forward, Delete, Recall } = DisabledMessageContextMenu

/** What can be done with an own message that was sent just now. */
export const Menu: Story = {
  parameters: { shows: ['[role=menuitem]'] },
  loaders: [
    between('ana', async ({ stage, other: ana, toOther: toAna, toLin }) => {
      await ana.says(toLin, 'The boats leave at half past seven.')
      await stage.enter()
      stage.clock.advance(3 * 60_000)
      await stage.kit.send(toAna, contents.text('我五点到'))
    }),
  ],
  play: () => openMenuOf(lastOwn),
}

/** With an item of the host's, for messages with a time in them. */
export const CustomMenu: Story = {
  ...Menu,
  args: {
    customMenu: [
      {
        name: ({ content }) =>
          /seven|点/.test(String(content.content)) ? '添加到日历' : undefined,
        callback: () => {},
      },
    ],
  },
}

/** Without what a host does not want: here nothing leaves the conversation. */
export const ReducedMenu: Story = { ...Menu, args: { disableMenu: [Forward, Delete, Recall] } }

/** Several messages are chosen, to be sent on or deleted together. */
export const Choosing: Story = {
  parameters: { shows: ['[part~=choices]', '[part~=checkbox]:checked'] },
  loaders: [staged(shortConversation)],
  play: async () => {
    await openMenuOf('im-message-row')
    await choose('select')
    await press('im-message-row:nth-of-type(3) [part~=checkbox]')
  },
}

/** Where a message is sent on to, if the host does not choose by itself. */
export const Forwarding: Story = {
  parameters: { shows: ['[part~=conversation]'] },
  loaders: [
    staged(async (stage) => {
      await dailyLife(stage)
      stage.kit.selectConversation(chatWith('ana'))
    }),
  ],
  play: async () => {
    await openMenuOf('im-message-row')
    await choose('forward')
  },
}

/** What was sent on as one message, opened. */
export const CombinedOpened: Story = {
  parameters: { shows: ['dialog[open]', '.list .bubble'] },
  loaders: [
    between('ana', async ({ stage, other: ana, toOther: toAna, toLin }) => {
      const picture = await harbour(320, 214)
      await stage.enter()
      const messages = [
        await stage.hears(await ana.says(toLin, 'Who takes the late shift?')),
        await stage.hears(await ana.sends(toLin, contents.image(picture), picture.file)),
        await stage.hears(await ana.says(toLin, contents.place('Pier 4, north gate'))),
      ]
      await sendAsOne(stage, messages, toAna)
    }),
  ],
  play: () => press('[part~=combined]'),
}

/** A picture, looked at over the whole window. */
export const Viewer: Story = {
  parameters: { shows: ['[part~=stage] [part~=image]'] },
  loaders: [
    between('ana', async ({ other: ana, toLin }) => {
      const picture = await harbour()
      await ana.sends(toLin, contents.image(picture), picture.file)
    }),
  ],
  play: async () => {
    await shown('[part~=image]')
    await press('[part~=picture]')
  },
}

/** A host that wants to choose by itself where messages go. */
export const ForwardList: Story = {
  ...Menu,
  render: () =>
    html`<div class="frame messages">
      <message-list .forwardList=${{ callback: () => [chatWith('ben')] }}></message-list>
    </div>`,
}
