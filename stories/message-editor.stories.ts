import type { Meta, StoryObj } from '@storybook/web-components-vite'
import { html } from 'lit'
import type { MessageEditor } from '../components/message-editor/message-editor.js'
import { chatWith } from './support/cast.js'
import { given } from './support/given.js'
import { harbour } from './support/pictures.js'
import { paste, press, write } from './support/playing.js'
import { shown } from './support/readiness.js'
import { groupConversation } from './support/scripts.js'
import { between, staged, stageOf } from './support/staged.js'

type Args = Pick<MessageEditor, 'baseSize'>

const meta: Meta<Args> = {
  title: 'Elements/message-editor',
  component: 'message-editor',
  tags: ['autodocs'],
  parameters: { shows: ['textarea:enabled'] },
  render: (args) =>
    html`<div class="frame editor">
      <message-editor ${given(args)}></message-editor>
    </div>`,
}

export default meta
type Story = StoryObj<Args>

/** A private conversation with nothing said yet. */
const inPrivate = between('ana', async () => {})

const dropFile = async () => {
  const { file } = await harbour(320, 214)
  const dataTransfer = new DataTransfer()
  dataTransfer.items.add(file)
  ;(await shown('[part~=editor]')).dispatchEvent(
    new DragEvent('dragenter', { dataTransfer, bubbles: true, cancelable: true }),
  )
}

/** Ready to be written into. */
export const Empty: Story = { loaders: [inPrivate] }

/** Dark, by the theme of the page. */
export const Dark: Story = { ...Empty, globals: { theme: 'dark' } }

/** No conversation is open. */
export const Disabled: Story = {
  parameters: { shows: ['textarea:disabled'] },
  loaders: [staged()],
}

/** Nobody can answer the service itself. */
export const SystemConversation: Story = {
  parameters: { shows: ['textarea:disabled'] },
  loaders: [
    staged(async (stage) => {
      await stage.enter()
      stage.kit.selectConversation({ conversationType: 6, targetId: 'service' })
    }),
  ],
}

/** The user is no longer in this group. */
export const OutsideTheGroup: Story = {
  parameters: { shows: ['textarea:disabled'] },
  loaders: [
    staged(async (stage) => {
      await groupConversation(stage)
      await stage.kit.client!.groups.leave(stage.kit.currentConversation!.targetId)
    }),
  ],
}

/** What was begun before is there again. */
export const Draft: Story = {
  loaders: [
    between('ana', async ({ stage, toOther: toAna }) => {
      await stage.enter()
      await stage.kit.saveDraft(toAna, { text: 'Could you bring the' })
    }),
  ],
}

/** Several lines; from a certain height on the text scrolls. */
export const LongText: Story = {
  loaders: [inPrivate],
  play: () =>
    write(
      Array.from({ length: 14 }, (_, line) => `${line + 1}. what we need for the evening`).join(
        '\n',
      ),
    ),
}

/** The answer to a message, which is quoted. */
export const Quote: Story = {
  parameters: { shows: ['[part~=quote]'] },
  loaders: [
    between('ana', async ({ stage, other: ana, toLin }) => {
      await stage.enter()
      const question = await ana.says(
        toLin,
        'Shall we take the ferry or walk along the quay? '.repeat(4),
      )
      await stage.hears(question)
    }),
  ],
  play: async (context) => {
    const { kit } = stageOf(context)
    const [question] = (await kit.getMessages(chatWith('ana'))).list
    kit.quote(question)
  },
}

/** After `@` the members of a group, everyone first. */
export const Mention: Story = {
  parameters: { shows: ['[part~=mention-option]'] },
  loaders: [staged(groupConversation)],
  play: async () => {
    await write('@')
    await shown('[part~=mention-option]')
  },
}

/** Nobody of that name. */
export const MentionNarrowed: Story = {
  parameters: { shows: ['[part~=mention-option]'] },
  loaders: [staged(groupConversation)],
  play: async () => {
    await write('@')
    await shown('[part~=mention-option]')
    await write('ka')
  },
}

/** Mentions are marked in the text. */
export const Mentioned: Story = {
  parameters: { shows: ['.mention'] },
  loaders: [staged(groupConversation)],
  play: async () => {
    await write('@')
    await press('[part~=mention-option]:nth-of-type(2)')
    await shown('.mention')
    await write('can you help me?')
  },
}

/** Pictures and files that wait to be sent, together with a text. */
export const Attachments: Story = {
  parameters: { shows: ['[part~=attachment]:nth-of-type(2)'] },
  loaders: [inPrivate],
  play: async () => {
    const { file } = await harbour(320, 214)
    const plan = new File(['plan'], 'a-plan-with-a-name-that-is-longer-than-its-box.pdf')
    await paste(file, plan)
    await write('Both versions')
  },
}

/** An empty file is not taken. */
export const RefusedFile: Story = {
  parameters: { shows: ['[part~=notice]'] },
  loaders: [inPrivate],
  play: () => paste(new File([], 'empty.txt')),
}

/** Where files can be dropped. */
export const Dropping: Story = {
  parameters: { shows: ['[part~=drop-zone]'] },
  loaders: [inPrivate],
  play: dropFile,
}

/** The emoji, which are loaded when they are first opened. */
export const Emoji: Story = {
  parameters: { shows: ['[part~=picker]:not([hidden])'] },
  render: () => html`<div class="frame editor low"><message-editor></message-editor></div>`,
  loaders: [inPrivate],
  play: () => press('[part~=emoji-button]'),
}

/** On a page that runs from right to left. */
export const RightToLeft: Story = {
  loaders: [between('noor', async () => {})],
  globals: { direction: 'rtl' },
  play: () => write('مساء الخير! متى يبدأ المهرجان؟ 18:00?'),
}

/** As wide as a phone. */
export const Phone: Story = {
  loaders: [inPrivate],
  render: () => html`<div class="frame editor narrow"><message-editor></message-editor></div>`,
  play: () => write('The boats leave at half past seven, and I still have to find my hat.'),
}

/** Larger icons and button; the text keeps its size. */
export const LargeBaseSize: Story = { loaders: [inPrivate], args: { baseSize: '24px' } }

/** Buttons of the host's, and another word on the send button. */
export const Slots: Story = {
  loaders: [inPrivate],
  render: () =>
    html`<div class="frame editor">
      <message-editor>
        <button slot="toolbar" type="button">📊 Poll</button>
        <span slot="send-label">Ahoy!</span>
      </message-editor>
    </div>`,
}

/** The message was refused, and its text is kept. */
export const SendRefused: Story = {
  parameters: { shows: ['[part~=notice]'] },
  loaders: [
    between('ana', ({ stage }) => {
      stage.expectsErrors = true
      stage.kit.customDisplayMessage = {
        willSendMessage: () => Promise.reject(new Error('There is no key to encrypt with.')),
      }
      return Promise.resolve()
    }),
  ],
  play: async () => {
    await write('This stays here.')
    await press('[part~=send]')
  },
}
