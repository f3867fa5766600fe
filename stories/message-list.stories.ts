import type { Meta } from '@storybook/web-components-vite'
import { html } from 'lit'
import { ErrorCode, IMError } from '../src/model/errors.js'
import { chatWith, me } from './support/cast.js'
import { messageListMeta, type Args, type Story } from './support/message-list-story.js'
import { shown } from './support/readiness.js'
import { longConversation, shortConversation } from './support/scripts.js'
import { staged, stageOf } from './support/staged.js'
import { hour, minute } from './support/story-clock.js'

const meta: Meta<Args> = {
  ...messageListMeta,
  title: 'Elements/message-list',
  tags: ['autodocs'],
}

export default meta

/** A conversation of two people as it is most of the time. */
export const Conversation: Story = { loaders: [staged(shortConversation)] }

/** Dark, by the theme of the page. */
export const Dark: Story = { ...Conversation, globals: { theme: 'dark' } }

/** In English, with English times. */
export const English: Story = { ...Conversation, globals: { locale: 'en' } }

/** On a page that runs from right to left the own bubbles are on the left. */
export const RightToLeft: Story = { ...Conversation, globals: { direction: 'rtl' } }

/** As wide as a phone. */
export const Phone: Story = {
  ...Conversation,
  render: () => html`<div class="frame phone"><message-list></message-list></div>`,
}

/** Everything scales with one attribute. */
export const LargeBaseSize: Story = { ...Conversation, args: { baseSize: '22px' } }

/** No conversation is open yet. */
export const NothingChosen: Story = {
  parameters: { shows: ['[part~=empty]'] },
  loaders: [staged()],
}

/** The first message is still to be written. */
export const Empty: Story = {
  parameters: { shows: ['[part~=empty]'] },
  loaders: [
    staged(async (stage) => {
      await stage.enter()
      stage.kit.selectConversation(chatWith('ana'))
    }),
  ],
}

/** A conversation that this device has never shown comes from the server. */
export const Loading: Story = {
  parameters: { shows: ['[part~=loading]'] },
  loaders: [
    staged(async (stage) => {
      await shortConversation(stage)
      stage.hindered.reads = 'never'
    }),
  ],
}

/** The database of this device fails. */
export const Failed: Story = {
  parameters: { shows: ['[part~=failed]'] },
  loaders: [
    staged(async (stage) => {
      await stage.enter()
      stage.expectsErrors = true
      stage.kit.client!.reader.history = () =>
        Promise.reject(new IMError(ErrorCode.BIZ_ERROR_DATABASE_ERROR))
      stage.kit.selectConversation(chatWith('ana'))
    }),
  ],
}

/** There is more at the server, which does not answer now. */
export const OlderUnavailable: Story = {
  parameters: { shows: ['[part~=older] button'] },
  loaders: [
    staged(async (stage) => {
      await shortConversation(stage)
      stage.expectsErrors = true
      stage.hindered.reads = ErrorCode.RC_NET_UNAVAILABLE
    }),
  ],
}

/** Scrolled up, older messages are on their way. */
export const OlderLoading: Story = {
  parameters: { shows: ['[part~=older][data-more]'] },
  loaders: [staged(longConversation)],
  play: async (context) => {
    const stage = stageOf(context)
    await shown('[part~=bubble]')
    stage.hindered.reads = 'never'
    ;(await shown('[part~=scroller]')).scrollTop = 0
  },
}

/** There is nothing before the first message. */
export const BeginningOfHistory: Story = {
  parameters: { shows: ['[part~=older]:not([data-more])'] },
  loaders: [staged(shortConversation)],
}

/** Opened at what has not been read, below a line. */
export const UnreadLine: Story = {
  parameters: { shows: ['[part~=unread]'] },
  loaders: [
    staged(async (stage) => {
      const [ana, lin] = await Promise.all([stage.actor('ana'), stage.actor(me)])
      stage.clock.setBack(3 * hour)
      await ana.says(chatWith(me), 'Did the flyers arrive?')
      await lin.says(chatWith('ana'), '早上就到了')
      await stage.enter()
      await stage.kit.clearMessagesUnreadStatus(chatWith('ana'))
      stage.clock.setBack(8 * minute)
      await ana.says(chatWith(me), 'Wonderful!')
      await ana.says(chatWith(me), 'Then let us hand them out on Saturday.')
      await stage.hears(await ana.says(chatWith(me), 'Are you free in the morning?'))
      stage.kit.selectConversation(chatWith('ana'))
    }),
  ],
}

/** Something new has come while one reads further up. */
export const NewBelow: Story = {
  parameters: { shows: ['[part~=to-newest] span'] },
  loaders: [staged(longConversation)],
  play: async (context) => {
    const stage = stageOf(context)
    await shown('[part~=bubble]')
    const scroller = await shown('[part~=scroller]')
    scroller.scrollTop -= 400
    await shown('[part~=to-newest]')
    const ana = await stage.actor('ana')
    await ana.says(chatWith(me), 'One more thing!')
  },
}

/** The other one is writing. */
export const Typing: Story = {
  parameters: { shows: ['[part~=typing]'] },
  loaders: [staged(shortConversation)],
  play: async (context) => {
    const stage = stageOf(context)
    const ana = await stage.actor('ana')
    ana.types(chatWith(me))
  },
}

/** Several people are writing in a group, by their names. */
export const TypingInAGroup: Story = {
  parameters: { shows: ['[part~=typing]'] },
  loaders: [
    staged(async (stage) => {
      const ben = await stage.actor('ben')
      stage.clock.setBack(5 * minute)
      const crew = await stage.group('Harbour festival crew', 'ana', me, 'ben', 'mei')
      await ben.says(crew, 'Who brings the ladder?')
      await stage.enter()
      stage.kit.selectConversation(crew)
    }),
  ],
  play: async (context) => {
    const stage = stageOf(context)
    const [ana, mei] = await Promise.all([stage.actor('ana'), stage.actor('mei')])
    const crew = stage.kit.currentConversation!
    ana.types(crew)
    mei.types(crew)
  },
}

/** A conversation with the service itself: nobody can answer. */
export const System: Story = {
  loaders: [
    staged(async (stage) => {
      stage.clock.setBack(hour)
      await stage.service.sendSystemMessage(me, {
        senderUserId: 'service',
        messageType: 'RC:TxtMsg',
        content: { content: 'Your pass for the festival is ready: https://example.org/pass/4821' },
      })
      await stage.enter()
      stage.kit.selectConversation({ conversationType: 6, targetId: 'service' })
    }),
  ],
}
