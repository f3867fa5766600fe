import type { Meta, StoryObj } from '@storybook/web-components-vite'
import { html } from 'lit'
import type { IMAvatar } from '../components/im-avatar/im-avatar.js'
import { cast } from './support/cast.js'
import { given } from './support/given.js'

type Args = Pick<IMAvatar, 'name' | 'seed' | 'src' | 'label' | 'background'>

const meta: Meta<Args> = {
  title: 'Helpers/im-avatar',
  component: 'im-avatar',
  tags: ['autodocs'],
  parameters: { shows: ['[part~=avatar]'] },
  render: (args) => html`<im-avatar ${given(args)}></im-avatar>`,
}

export default meta
type Story = StoryObj<Args>

/** A picture that could be loaded. */
export const Picture: Story = {
  args: { name: 'Ana Sousa', src: cast[1]!.portraitUri, label: 'Ana Sousa' },
  parameters: { shows: ['[part~=image]'] },
}

/** The picture is gone, or its address is none: the initials stand for it. */
export const BrokenPicture: Story = {
  args: { name: 'Ana Sousa', src: 'javascript:alert(1)' },
  parameters: { shows: ['[part~=placeholder]'] },
}

/** A colour of the host's behind the initials. */
export const Background: Story = { args: { name: '陈美', background: '#5b3a8c' } }

/** Initials of names in several scripts, on colours that stay the same for the same person. */
export const Placeholders: Story = {
  render: () => {
    const names = [
      '林夏',
      'Ana Sousa',
      'نور الهدى',
      'יעל כהן',
      'Karl-Friedrich von H.',
      '🦊',
      '7',
      '',
    ]
    return html`<div class="row">
      ${names.map((name) => html`<im-avatar name=${name} seed=${`seed of ${name}`}></im-avatar>`)}
    </div>`
  },
}
