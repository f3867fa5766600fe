import type { Meta, StoryObj } from '@storybook/web-components-vite'
import { html } from 'lit'
import { expect } from 'storybook/test'
import { MessageType } from '../src/model/message-types.js'
import { chatWith, me } from './support/cast.js'
import { text } from './support/contents.js'
import { bubbleWith, choose, heard, openMenuOf, press, type, write } from './support/playing.js'
import { allElements, shown, until } from './support/readiness.js'
import { dailyLife } from './support/scripts.js'
import { between, staged, stageOf } from './support/staged.js'
import { minute } from './support/story-clock.js'

/** What somebody does, step by step, and what becomes of it at both ends. */
const meta: Meta = {
  title: 'Interactions',
  parameters: { shows: ['[part~=bubble]'] },
  render: () => html`<div class="frame chat"><im-chat></im-chat></div>`,
}

export default meta
type Story = StoryObj

const question = 'Shall we take the ferry or walk along the quay?'
const own = 'im-message-row[data-own]:last-of-type'
const others = 'im-message-row:not([data-own])'

/** Ana has asked something and hears what is answered. */
const withAna = between('ana', async ({ stage, other: ana, toOther: toAna, toLin }) => {
  await ana.says(toLin, question)
  await stage.admit('ana')
  await stage.enter()
  stage.clock.advance(3 * minute)
  await stage.kit.send(toAna, text('Let me see the tide.'))
})

/** A text is written and sent with Enter; the other one has it. */
export const Send: Story = {
  loaders: [withAna],
  play: async (context) => {
    const answer = 'The ferry, at five!'
    await context.step('Write and press Enter', async () => {
      await write(answer)
      await type('{Enter}')
    })
    await context.step('It is on screen, and the field is empty', async () => {
      await bubbleWith(answer)
      await expect(await shown('textarea')).toHaveValue('')
    })
    await context.step('Ana has it', async () => {
      await heard(stageOf(context).kitOf('ana'), chatWith(me), answer)
    })
  },
}

/** A message is quoted from its menu, and the answer carries it along. */
export const Reply: Story = {
  parameters: { shows: ['[part~=bubble] [part~=quote]'] },
  loaders: [withAna],
  play: async (context) => {
    await context.step('Quote the question', async () => {
      await openMenuOf(others)
      await choose('quote')
    })
    await context.step('Answer it', async () => {
      await write('Walk.')
      await type('{Enter}')
    })
    await context.step('Ana sees what the answer is to', async () => {
      const answer = await heard(stageOf(context).kitOf('ana'), chatWith(me), 'Walk.')
      await expect(answer.messageType).toBe(MessageType.REFERENCE)
      await expect(answer.content.referMsg).toMatchObject({ content: question })
    })
  },
}

/** An own message is taken back, for both; its text can be written anew. */
export const Recall: Story = {
  parameters: { shows: ['[part~=edit-again]'] },
  loaders: [withAna],
  play: async (context) => {
    await context.step('Recall it', async () => {
      await openMenuOf(own)
      await choose('recall')
    })
    await context.step('A line stands in its place, at both ends', async () => {
      await shown('[part~=notice]')
      const ana = stageOf(context).kitOf('ana')
      await until('the message stays with Ana', async () => {
        const { list } = await ana.getMessages(chatWith(me))
        return list.some(({ messageType }) => messageType === MessageType.RECALL_NOTIFICATION)
      })
    })
    await context.step('Edit it again', async () => {
      await press('[part~=edit-again]')
      await expect(await shown('textarea')).toHaveValue('Let me see the tide.')
    })
  },
}

/** A message goes on to another conversation, found by its name. */
export const Forward: Story = {
  loaders: [
    staged(async (stage) => {
      await dailyLife(stage)
      await stage.admit('ben')
      stage.kit.selectConversation(chatWith('ana'))
    }),
  ],
  play: async (context) => {
    await context.step('Choose to forward it', async () => {
      await openMenuOf(others)
      await choose('forward')
      await shown('label[part~=conversation]')
    })
    await context.step('Search for Ben', async () => {
      const search = await shown('input[type=search]')
      search.focus()
      await type('okafor')
      await until('others are found too', () => conversationsFound().length === 1)
    })
    await context.step('Send it there', async () => {
      await press('label[part~=conversation] input')
      await press('[part~=forward]')
      await heard(stageOf(context).kitOf('ben'), chatWith(me), 'Shall we meet at the pier?')
    })
  },
}

/** Search among conversations that finds none says so. */
export const SearchInVain: Story = {
  parameters: { shows: ['.none'] },
  loaders: Forward.loaders!,
  play: async (context) => {
    await context.step('Choose to forward a message', async () => {
      await openMenuOf(others)
      await choose('forward')
      await shown('label[part~=conversation]')
    })
    await context.step('Search for nobody', async () => {
      const search = await shown('input[type=search]')
      search.focus()
      await type('zzz')
      await shown('.none')
      await expect(conversationsFound()).toHaveLength(0)
    })
  },
}

/** Without a mouse: to a conversation, into its messages, through the menu, to the answer. */
export const Keyboard: Story = {
  parameters: { shows: ['[part~=bubble] [part~=quote]'] },
  loaders: [staged(dailyLife)],
  play: async (context) => {
    await context.step('The arrows lead through the list, Enter opens', async () => {
      ;(await shown('conversation-list')).focus()
      await type('{Home}{Enter}')
      await bubbleWith('Shall we meet at the pier?')
    })
    await context.step('And through the messages to a menu', async () => {
      ;(await shown('message-list')).focus()
      await type('{End}{ArrowUp}{Shift>}{F10}{/Shift}')
      await shown('[role=menuitem]')
    })
    await context.step('Down to "quote", and Enter', async () => {
      await until('the item is not reached', async () => {
        await type('{ArrowDown}')
        return focused()?.matches('[data-key=quote]')
      })
      await type('{Enter}')
      await until('the focus is not in the field', () => focused()?.matches('textarea'))
    })
    await context.step('Write, and send', async () => {
      await type('Yes, at five.{Enter}')
      await bubbleWith('Yes, at five.')
    })
  },
}

function conversationsFound(): Element[] {
  return allElements(document.body).filter((element) =>
    element.matches('label[part~=conversation]'),
  )
}

/** In whatever shadow root. */
function focused(): Element | null {
  let element = document.activeElement
  while (element?.shadowRoot?.activeElement) element = element.shadowRoot.activeElement
  return element
}
