import type { Meta, StoryObj } from '@storybook/web-components-vite'
import { html } from 'lit'
import type { ConversationList } from '../components/conversation-list/conversation-list.js'
import { localToken } from '../src/backends/local/index.js'
import { DisabledConversationContextMenu } from '../src/kit/menu-items.js'
import { ErrorCode } from '../src/model/errors.js'
import { MessageType } from '../src/model/message-types.js'
import { chatWith, me } from './support/cast.js'
import { mention, text } from './support/contents.js'
import { given } from './support/given.js'
import { openMenuOf } from './support/playing.js'
import { refusedDatabase } from './support/refused-database.js'
import { dailyLife } from './support/scripts.js'
import { staged, stageOf } from './support/staged.js'
import { day, hour, minute } from './support/story-clock.js'
import { ticks } from './support/ticks.js'

type Args = Pick<
  ConversationList,
  | 'baseSize'
  | 'hideNotificUnreadCount'
  | 'showPresence'
  | 'userBackground'
  | 'customMenu'
  | 'disableMenu'
>

const { Notification, Delete } = DisabledConversationContextMenu

const meta: Meta<Args> = {
  title: 'Elements/conversation-list',
  component: 'conversation-list',
  tags: ['autodocs'],
  argTypes: { disableMenu: ticks(DisabledConversationContextMenu) },
  parameters: { shows: ['[part~=row]'] },
  render: (args) =>
    html`<div class="frame list">
      <conversation-list ${given(args)}></conversation-list>
    </div>`,
}

export default meta
type Story = StoryObj<Args>

/** What most people see most of the time: people and groups, some read, some not. */
export const Full: Story = {
  parameters: { shows: ['[part~=badge]'] },
  loaders: [staged(dailyLife)],
}

/** Dark, by the theme of the page. */
export const Dark: Story = { ...Full, globals: { theme: 'dark' } }

/** Nobody has written yet: the first day with the application. */
export const Empty: Story = {
  parameters: { shows: ['[part~=empty]'] },
  loaders: [staged()],
}

/** On a new device nothing is known until the connection is there. */
export const Loading: Story = {
  parameters: { shows: ['[part~=skeleton]'] },
  loaders: [staged((stage) => void (stage.hindered.connects = 'never'))],
}

/** The login was refused, for example because the token is of another application. */
export const LoginRefused: Story = {
  parameters: { shows: ['[part~=error]'] },
  loaders: [
    staged((stage) => {
      stage.expectsErrors = true
      stage.hindered.connects = ErrorCode.RC_CONN_TOKEN_INCORRECT
    }),
  ],
}

/** The browser gives the page no database, as in some private modes. */
export const DatabaseRefused: Story = {
  parameters: { shows: ['[part~=error]'] },
  loaders: [
    staged((stage) => void (stage.expectsErrors = true), {
      client: { database: refusedDatabase },
    }),
  ],
}

/** Opened without a network: everything that has been seen before is there. */
export const Offline: Story = {
  parameters: { shows: ['[part~=row]', '[part~=banner]:not([data-trying])'] },
  loaders: [
    staged(
      async (stage) => {
        await dailyLife(stage)
        // Names and pictures have been seen before, too.
        await stage.kit.getConversationList()
        await stage.kit.disconnect()
        stage.expectsErrors = true
        stage.line.setOnline(false)
        await stage.kit.connect(localToken(me))
      },
      { client: { backOff: { first: day, most: day } } },
    ),
  ],
}

/** Names, words and messages that are longer than any list is wide. */
export const LongNames: Story = {
  loaders: [
    staged(async (stage) => {
      const [karl, ana] = await Promise.all([stage.actor('karl'), stage.actor('ana')])
      stage.clock.setBack(2 * day)
      await karl.says(
        chatWith(me),
        'Donaudampfschifffahrtsgesellschaftskapitänsmützenabzeichenverordnung, bitte bis Freitag lesen',
      )
      const group = await stage.group(
        'Working group for the preparation of the celebration of the hundredth anniversary of the harbour',
        'ana',
        'karl',
        me,
      )
      await ana.says(group, `https://example.org/${'a-very-long-path/'.repeat(12)}`)
      const dense = await stage.group(
        'NoSpacesInThisNameAtAllSinceItIsOneSingleWord_v2_final',
        'ana',
        me,
      )
      await ana.says(dense, '谢谢'.repeat(60))
    }),
  ],
}

/** Names and messages of both directions in one list; each runs its own way. */
export const MixedDirections: Story = {
  loaders: [
    staged(async (stage) => {
      const [noor, yael, ana, lin] = await Promise.all(
        ['noor', 'yael', 'ana', me].map((id) => stage.actor(id)),
      )
      stage.clock.setBack(3 * hour)
      await yael!.says(chatWith(me), 'הפגישה ב־10:30 בחדר A-12?')
      stage.clock.setBack(2 * hour)
      await lin!.says(chatWith('noor'), 'وصلت الرسالة، شكرًا!')
      const group = await stage.group('فريق Harbour 2026', 'noor', 'yael', 'ana', me)
      await noor!.says(group, 'الملف report-v2.pdf جاهز (38 صفحة)')
      stage.clock.setBack(10 * minute)
      await ana!.says(chatWith(me), 'نور said: see you there!')
    }),
  ],
}

/** The same list on a page that runs from right to left. */
export const RightToLeft: Story = { ...MixedDirections, globals: { direction: 'rtl' } }

/** Muted conversations keep quiet: a number without alarm, here a dot. */
export const MutedWithDots: Story = {
  args: { hideNotificUnreadCount: true },
  parameters: { shows: ['[part~=dot]', '[part~=badge]'] },
  loaders: [
    staged(async (stage) => {
      await dailyLife(stage)
      const { items } = stage.kit.store.value!.conversations
      const unread = items.value.filter((it) => it.unreadMessageCount > 0)
      await stage.kit.setMuted(unread[0]!, true)
    }),
  ],
}

/** Muted conversations with their numbers. */
export const MutedWithNumbers: Story = {
  ...MutedWithDots,
  args: { hideNotificUnreadCount: false },
  parameters: { shows: ['[part~=muted]', '[part~=badge]'] },
}

/** A quiet dot on those who are online. */
export const WhoIsOnline: Story = {
  args: { showPresence: true },
  parameters: { shows: ['[part~=online]'] },
  loaders: [staged(dailyLife)],
}

/** The same in the dark. */
export const WhoIsOnlineDark: Story = { ...WhoIsOnline, globals: { theme: 'dark' } }

/** What was begun and not sent, and where somebody asked for an answer. */
export const DraftsAndMentions: Story = {
  parameters: { shows: ['[part~=mention]', '[part~=draft]'] },
  loaders: [
    staged(async (stage) => {
      const [ana, ben] = await Promise.all([stage.actor('ana'), stage.actor('ben')])
      stage.clock.setBack(hour)
      const crew = await stage.group('Harbour festival crew', 'ana', me, 'ben')
      await ben.says(crew, mention('@林夏 can you print the plan?', me), { isMentioned: true })
      await ana.says(chatWith(me), 'How many chairs do we need?')
      await stage.enter()
      await stage.kit.saveDraft(chatWith('ana'), { text: 'Let me count: 40 for the' })
    }),
  ],
}

/** Pinned conversations stay on top, whatever comes. */
export const Pinned: Story = {
  parameters: { shows: ['[part~=pinned]'] },
  loaders: [
    staged(async (stage) => {
      await dailyLife(stage)
      await stage.kit.setTop(chatWith('mei'), true)
      await stage.kit.setTop(chatWith('ben'), true)
      await stage.kit.setMuted(chatWith('ben'), true)
    }),
  ],
}

/** Somebody is writing right now. */
export const Typing: Story = {
  parameters: { shows: ['[part~=typing]'] },
  loaders: [staged(dailyLife)],
  play: async (context) => {
    const stage = stageOf(context)
    const ana = await stage.actor('ana')
    ana.types(chatWith(me))
  },
}

/** The own last message is on its way, was refused, was sent, or has been read. */
export const StatesOfTheLastMessage: Story = {
  parameters: { shows: ['[part~=state]'] },
  loaders: [
    staged(async (stage) => {
      const [ana, lin] = await Promise.all([stage.actor('ana'), stage.actor(me)])
      stage.clock.setBack(2 * hour)
      const read = await lin.says(chatWith('ana'), 'The plan is on your desk.')
      await ana.reads(chatWith(me), read)
      stage.clock.setBack(hour)
      await lin.says(chatWith('mei'), '照片收到了，谢谢！')
      await stage.enter()
      stage.expectsErrors = true
      stage.hindered.sends = ({ targetId }) =>
        targetId === 'ben' ? 'never' : ErrorCode.REJECTED_BY_BLACKLIST
      await stage.kit.post(chatWith('noor'), text('Are you there?'))
      await stage.kit.post(chatWith('ben'), text('I am sending you the plan'))
    }),
  ],
}

/** More than one page: the next ones come while scrolling. */
export const Many: Story = {
  loaders: [
    staged(async (stage) => {
      stage.clock.setBack(20 * day)
      for (let visitor = 1; visitor <= 75; visitor += 1) {
        await stage.service.sendSystemMessage(me, {
          senderUserId: `Visitor ${visitor}`,
          messageType: MessageType.TEXT,
          content: { content: `Ticket ${1000 + visitor}: where is pier ${(visitor % 9) + 1}?` },
        })
        stage.clock.advance(6 * hour)
      }
    }),
  ],
}

/** The menu with an item of the host's; it is there for groups only. */
export const CustomMenu: Story = {
  args: {
    customMenu: [
      {
        name: ({ conversationType }) => (conversationType === 3 ? 'Show members…' : undefined),
        callback: () => {},
      },
    ],
  },
  parameters: { shows: ['[role=menuitem]'] },
  loaders: [staged(dailyLife)],
  play: () => openMenuOf('im-conversation-row:nth-of-type(2)'),
}

/** The menu without the items a host does not want. */
export const ReducedMenu: Story = {
  args: { disableMenu: [Notification, Delete] },
  parameters: { shows: ['[role=menuitem]'] },
  loaders: [staged(dailyLife)],
  play: () => openMenuOf('im-conversation-row'),
}

/** A message type of the host's, with a line of its own for the list. */
export const CustomLastMessage: Story = {
  parameters: { shows: ['[part~=digest]'] },
  loaders: [
    staged(
      async (stage) => {
        const ana = await stage.actor('ana')
        stage.kit.registerMessageType('app:poll', true, true)
        stage.clock.setBack(5 * minute)
        const content = { question: 'Pier 4 or pier 7?', votes: 12 }
        await ana.says(chatWith(me), { messageType: 'app:poll', content })
      },
      {
        init: {
          customMessage: {
            lastMessage: {
              'app:poll': ({ content }) => html`📊 ${content.question} <b>${content.votes}</b>`,
            },
          },
        },
      },
    ),
  ],
}

/** Everything scales with one attribute. */
export const LargeBaseSize: Story = {
  args: { baseSize: '22px' },
  loaders: [staged(dailyLife)],
}

/** In English: the list follows the language of its kit. */
export const English: Story = { ...Full, globals: { locale: 'en' } }
