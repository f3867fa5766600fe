import type { Meta, StoryObj } from '@storybook/web-components-vite'
import { html } from 'lit'
import '../components/im-viewer/im-viewer.define.js'
import type { IMViewer, ViewerItem } from '../components/im-viewer/im-viewer.js'
import { inAWindow } from './support/docs-window.js'
import { given } from './support/given.js'
import { film, harbour } from './support/pictures.js'

type Args = Pick<IMViewer, 'index' | 'open'>

const meta: Meta<Args> = {
  title: 'Helpers/im-viewer',
  component: 'im-viewer',
  tags: ['autodocs'],
  args: { open: true },
  parameters: { shows: ['dialog[open]', '[part~=image]'], ...inAWindow(480) },
  render: (args, { loaded }) => html`<im-viewer .items=${loaded.items} ${given(args)}></im-viewer>`,
}

export default meta
type Story = StoryObj<Args>

async function pictures(): Promise<ViewerItem[]> {
  const [wide, high] = await Promise.all([harbour(1600, 900), harbour(600, 1000)])
  return [wide, high].map(({ file }, index) => ({
    kind: 'image',
    url: URL.createObjectURL(file),
    name: `harbour-${index + 1}.jpg`,
  }))
}

/** A picture among others: the arrows lead to the next one. */
export const Image: Story = { loaders: [async () => ({ items: await pictures() })] }

/** One that is higher than wide. */
export const HighImage: Story = { ...Image, args: { index: 1 } }

/** A short video. */
export const Video: Story = {
  parameters: { shows: ['dialog[open]', '[part~=video]'] },
  loaders: [
    async () => {
      const file = await film()
      return { items: [{ kind: 'video', url: URL.createObjectURL(file), name: file.name }] }
    },
  ],
}

/** The picture cannot be loaded. */
export const Failed: Story = {
  parameters: { shows: ['dialog[open] .failed'] },
  loaders: [() => ({ items: [{ kind: 'image', url: 'javascript:alert(1)', name: 'gone.jpg' }] })],
}
