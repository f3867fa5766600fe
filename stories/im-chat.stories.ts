import type { Meta, StoryObj } from '@storybook/web-components-vite'
import { html } from 'lit'
import type { IMChat } from '../components/im-chat/im-chat.js'
import { chatWith, me } from './support/cast.js'
import { given } from './support/given.js'
import { dailyLife, groupConversation, shortConversation } from './support/scripts.js'
import type { Stage } from './support/stage.js'
import { staged, stageOf } from './support/staged.js'

type Args = Pick<IMChat, 'baseSize'>

const meta: Meta<Args> = {
  title: 'Elements/im-chat',
  component: 'im-chat',
  tags: ['autodocs'],
  parameters: { shows: ['[part~=bubble]', '[part~=header]', '[part~=row]'] },
  render: (args) => html`<div class="frame chat"><im-chat ${given(args)}></im-chat></div>`,
}

export default meta
type Story = StoryObj<Args>

async function groupAmongOthers(stage: Stage): Promise<void> {
  await dailyLife(stage)
  await groupConversation(stage)
}

/** List, header, messages and editor in one tag. */
export const Wide: Story = { loaders: [staged(groupAmongOthers)] }

/** Dark, by the theme of the page. */
export const Dark: Story = { ...Wide, globals: { theme: 'dark' } }

/** In English. */
export const English: Story = { ...Wide, globals: { locale: 'en' } }

/** On a page that runs from right to left. */
export const RightToLeft: Story = { ...Wide, globals: { direction: 'rtl' } }

/** On a phone: the open conversation, with a way back to the list. */
export const PhoneConversation: Story = {
  parameters: { shows: ['[part~=bubble]', '[part~=back]'] },
  loaders: [staged(groupAmongOthers)],
  render: () => html`<div class="frame phone"><im-chat></im-chat></div>`,
}

/** On a phone: the list, as nothing is open. */
export const PhoneList: Story = {
  parameters: { shows: ['[part~=row]'] },
  loaders: [staged(dailyLife)],
  render: () => html`<div class="frame phone"><im-chat></im-chat></div>`,
}

/** Nothing is open yet. */
export const NothingOpen: Story = {
  parameters: { shows: ['[part~=empty]', '[part~=row]'] },
  loaders: [staged(dailyLife)],
}

/** The first day: no conversation at all. */
export const Empty: Story = {
  parameters: { shows: ['[part~=empty]'] },
  loaders: [staged()],
}

/** Elements, header buttons and words of the host's own. */
export const Slots: Story = {
  loaders: [staged(shortConversation)],
  render: () =>
    html`<div class="frame chat">
      <im-chat>
        <conversation-list slot="conversations" hide-notific-unread-count></conversation-list>
        <button slot="header-end" type="button">☎ Call</button>
      </im-chat>
    </div>`,
}

/** Two people side by side, each with a kit of their own: they can write to each other. */
export const TwoPeople: Story = {
  loaders: [
    staged(async (stage) => {
      await shortConversation(stage)
      const ana = await stage.admit('ana')
      ana.selectConversation(chatWith(me))
    }),
  ],
  render: (_, context) =>
    html`<div class="row">
      <div class="frame phone"><im-chat></im-chat></div>
      <im-provider .kit=${stageOf(context).kitOf('ana')}>
        <div class="frame phone"><im-chat></im-chat></div>
      </im-provider>
    </div>`,
}
