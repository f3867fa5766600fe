import type { Meta } from '@storybook/web-components-vite'
import { ErrorCode } from '../src/model/errors.js'
import * as contents from './support/contents.js'
import { messageListMeta, type Args, type Story } from './support/message-list-story.js'
import { harbour } from './support/pictures.js'
import { groupConversation } from './support/scripts.js'
import { press } from './support/playing.js'
import { between, staged } from './support/staged.js'
import { minute } from './support/story-clock.js'

const meta: Meta<Args> = { ...messageListMeta, title: 'Elements/message-list/Sending and reading' }

export default meta

/** On its way, refused, sent, and read by the other one. */
export const States: Story = {
  parameters: { shows: ['[part~=resend]', '[part~=failure]'] },
  loaders: [
    between('ana', async ({ stage, other: ana, toOther: toAna, toLin }) => {
      await ana.says(toLin, 'Where are you?')
      await stage.enter()
      const read = await stage.kit.send(toAna, contents.text('在路上'))
      await ana.reads(toLin, read)
      stage.clock.advance(10_000)
      await stage.kit.send(toAna, contents.text('五分钟就到'))
      stage.expectsErrors = true
      stage.hindered.sends = () => ErrorCode.REJECTED_BY_BLACKLIST
      const refused = await stage.kit.post(toAna, contents.text('你到了吗？'))
      await stage.becomes(refused, ({ failure }) => failure !== undefined)
      stage.hindered.sends = () => 'never'
      await stage.kit.post(toAna, contents.text('喂？'))
    }),
  ],
}

/** A picture on its way up, and one that could not be sent. */
export const Uploading: Story = {
  parameters: { shows: ['[part~=upload]', '[part~=resend]'] },
  loaders: [
    between('ana', async ({ stage, toOther: toAna }) => {
      const picture = await harbour(480, 320)
      await stage.enter()
      stage.expectsErrors = true
      stage.hindered.sends = () => ErrorCode.REJECTED_BY_BLACKLIST
      const refused = await stage.kit.postFile(
        toAna,
        contents.file('plan.pdf', 34_000),
        picture.file,
      )
      await stage.becomes(refused, ({ failure }) => failure !== undefined)
      stage.hindered.uploadsUpTo = 40
      await stage.kit.postFile(toAna, contents.image(picture), picture.file)
    }),
  ],
}

/** In a group: who has read a message is asked for, and told by the members. */
export const GroupReceipts: Story = {
  parameters: { shows: ['[part~=readers]'] },
  loaders: [
    staged(async (stage) => {
      await groupConversation(stage)
      const crew = stage.kit.currentConversation!
      stage.clock.setBack(2 * minute)
      const asked = await stage.kit.send(crew, contents.text('七点在 4 号码头集合'), {
        needReceipt: true,
      })
      for (const id of ['ana', 'ben']) await (await stage.actor(id)).confirms(asked)
      await stage.becomes(asked, ({ readReceiptInfo }) => {
        return Object.keys(readReceiptInfo?.readers ?? {}).length === 2
      })
    }),
  ],
}

/** Who has read it, and who has not. */
export const Readers: Story = {
  ...GroupReceipts,
  parameters: { shows: ['im-readers-dialog', 'dialog[open]'] },
  play: () => press('[part~=readers]'),
}
