import type { Meta, StoryObj } from '@storybook/web-components-vite'
import { html } from 'lit'
import '../components/im-voice/im-voice.define.js'
import type { IMVoice } from '../components/im-voice/im-voice.js'
import { given } from './support/given.js'
import { press } from './support/playing.js'
import { melody } from './support/sounds.js'

type Args = Pick<IMVoice, 'duration' | 'src'>

const meta: Meta<Args> = {
  title: 'Helpers/im-voice',
  component: 'im-voice',
  tags: ['autodocs'],
  args: { duration: 4, src: URL.createObjectURL(melody(4)) },
  parameters: { shows: ['[part~=track]'] },
  render: (args) => html`<im-voice ${given(args)}></im-voice>`,
}

export default meta
type Story = StoryObj<Args>

/** Not played yet. */
export const Idle: Story = {}

/** Over an hour. */
export const Long: Story = { args: { duration: 3725 } }

/** The sound cannot be loaded. */
export const Failed: Story = {
  args: { src: 'javascript:alert(1)' },
  play: () => press('[part~=button]'),
}
