import type { Meta } from '@storybook/web-components-vite'
import { html } from 'lit'
import { MessageType } from '../src/model/message-types.js'
import { me } from './support/cast.js'
import * as contents from './support/contents.js'
import { messageListMeta, type Args, type Story } from './support/message-list-story.js'
import { animation, cityMap, harbour } from './support/pictures.js'
import { melody } from './support/sounds.js'
import { groupConversation, sendAsOne } from './support/scripts.js'
import { between, staged } from './support/staged.js'
import { minute } from './support/story-clock.js'

const meta: Meta<Args> = {
  ...messageListMeta,
  title: 'Elements/message-list/Contents',
  render: () => html`<div class="frame tall messages"><message-list></message-list></div>`,
}

export default meta

/** Texts of one line and of several, with addresses one can follow. */
export const TextsAndLinks: Story = {
  parameters: { shows: ['[part~=text] a'] },
  loaders: [
    between('ana', async ({ other: ana, lin, toOther: toAna, toLin }) => {
      await ana.says(toLin, 'The programme is here: https://example.org/festival?day=2#evening')
      await lin.says(toAna, '谢谢！海报的文件也在 example.org/posters 吗？')
      await ana.says(
        toLin,
        'Yes.\n\nIf anything is missing, write to crew@example.org\nor ring me.',
      )
      await lin.says(toAna, '好的 👍')
    }),
  ],
}

/** Texts longer than a line, words longer than a bubble, and emoji by themselves. */
export const LongTextsAndEmoji: Story = {
  loaders: [
    between('ana', async ({ other: ana, lin, toOther: toAna, toLin }) => {
      await ana.says(
        toLin,
        'When the tide goes out at half past six the boats cannot leave the inner basin any more, so whoever wants to see the fireworks from the water has to be on board by six. The crew hands out life jackets at pier 4; children get theirs at pier 2, where there are smaller ones. If it rains, everything is moved to the old fish hall.',
      )
      await lin.says(
        toAna,
        'Donaudampfschifffahrtselektrizitätenhauptbetriebswerkbauunterbeamtengesellschaft'.repeat(
          2,
        ),
      )
      await ana.says(toLin, `https://example.org/${'festival-'.repeat(20)}`)
      await lin.says(toAna, '哈'.repeat(80))
      await ana.says(toLin, '🎆')
      await lin.says(toAna, '😍🎉⛵')
    }),
  ],
}

/** Lines of both directions, each running its own way. */
export const MixedDirections: Story = {
  loaders: [
    between('noor', async ({ other: noor, lin, toOther: toNoor, toLin }) => {
      await noor.says(toLin, 'مساء الخير، متى يبدأ المهرجان؟')
      await lin.says(toNoor, 'It starts at 18:00 — البرنامج هنا: https://example.org/festival')
      await noor.says(toLin, 'ملف program-v2.pdf (3 صفحات) وصل، شكرًا!')
      await lin.says(toNoor, 'שלום נור, hello, 你好')
      await noor.says(toLin, 'Hello!\nمرحبا!\nשלום!')
    }),
  ],
}

/** An image, with its thumbnail first, a short video and an animation. */
export const Pictures: Story = {
  parameters: { shows: ['[part~=image]'] },
  loaders: [
    between('ana', async ({ other: ana, lin, toOther: toAna, toLin }) => {
      const wide = await harbour()
      const ball = animation()
      await ana.sends(toLin, contents.image(wide), wide.file)
      await lin.sends(toAna, contents.gif(ball, 96), ball)
      const film = new File(['film'], 'harbour.webm', { type: 'video/webm' })
      await ana.sends(toLin, contents.sight(film, await harbour(640, 360), 14), film)
    }),
  ],
}

/** Very wide, very high and very small images, and one that cannot be loaded. */
export const OddPictures: Story = {
  parameters: { shows: ['[part~=image]', '[part~=broken]'] },
  loaders: [
    between('ana', async ({ other: ana, lin, toOther: toAna, toLin }) => {
      const [panorama, tower, tiny] = await Promise.all([
        harbour(1600, 200),
        harbour(200, 1200),
        harbour(24, 16),
      ])
      await ana.sends(toLin, contents.image(panorama), panorama.file)
      await lin.sends(toAna, contents.image(tower), tower.file)
      await ana.sends(toLin, contents.image(tiny), tiny.file)
      const gone = { content: '', imageUri: 'gone:nowhere', width: 320, height: 200 }
      await ana.says(toLin, { messageType: MessageType.IMAGE, content: gone })
    }),
  ],
}

/** Files of each kind, with their names and sizes. */
export const Files: Story = {
  parameters: { shows: ['[part~=file]'] },
  loaders: [
    between('ana', async ({ other: ana, lin, toOther: toAna, toLin }) => {
      const bytes = new File(['-'], 'file')
      await ana.sends(toLin, contents.file('programme.pdf', 1_240_000), bytes)
      await lin.sends(toAna, contents.file('预算表.xlsx', 48_300), bytes)
      await ana.sends(
        toLin,
        contents.file('photos-of-the-last-ten-years-in-full-size_final_v3.zip', 734_003_200),
        bytes,
      )
      await lin.sends(toAna, contents.file('LICENSE', 1_071), bytes)
      await ana.sends(toLin, contents.file('speech.docx', 22_016), bytes)
      await lin.sends(toAna, contents.file('main.ts', 3_584), bytes)
    }),
  ],
}

/** Voice messages, to be played where they are. */
export const Voice: Story = {
  parameters: { shows: ['[part~=voice]'] },
  loaders: [
    between('ana', async ({ other: ana, lin, toOther: toAna, toLin }) => {
      await ana.sends(toLin, contents.voice(3), melody(3))
      await lin.sends(toAna, contents.voice(12), melody(12))
      await ana.sends(toLin, contents.voice(75), melody(1))
    }),
  ],
}

/** A place with and without a map, and pages that were shared. */
export const PlacesAndPages: Story = {
  parameters: { shows: ['[part~=location]', '[part~=rich-content]'] },
  loaders: [
    between('ana', async ({ other: ana, lin, toOther: toAna, toLin }) => {
      const [map, picture] = await Promise.all([cityMap(), harbour(320, 320)])
      await ana.says(toLin, contents.place('Pier 4, north gate', map))
      await lin.says(toAna, contents.place('外滩'))
      const url = 'https://example.org/festival'
      const about = 'Three evenings of music, boats and lights around the old basin.'
      await ana.says(toLin, contents.page('Harbour festival', about, url, picture))
      await lin.says(toAna, contents.page('节目单', '', url))
    }),
  ],
}

/** Messages of another conversation that were sent on as one. */
export const Combined: Story = {
  parameters: { shows: ['[part~=combined]'] },
  loaders: [
    between('ana', async ({ stage, other: ana, toOther: toAna, toLin }) => {
      await stage.enter()
      const messages = [
        await stage.hears(await ana.says(toLin, 'Who takes the late shift?')),
        await stage.hears(await ana.says(toLin, contents.file('shifts.xlsx', 18_000))),
        await stage.hears(await ana.says(toLin, contents.place('Pier 4, north gate'))),
      ]
      await sendAsOne(stage, messages, toAna)
    }),
  ],
}

/** Replies to messages of each kind, and to one that has been taken back. */
export const Quotes: Story = {
  parameters: { shows: ['[part~=quote]'] },
  loaders: [
    between('ana', async ({ other: ana, lin, toOther: toAna, toLin }) => {
      const picture = await harbour(320, 214)
      const text = await ana.says(toLin, 'Shall we take the ferry or walk along the quay?')
      await lin.says(toAna, contents.reply('走路吧，天气很好', text))
      const image = await ana.sends(toLin, contents.image(picture), picture.file)
      await lin.says(toAna, contents.reply('Where is this?', image))
      const file = await lin.sends(toAna, contents.file('map.pdf', 300_000), picture.file)
      await ana.says(toLin, contents.reply('Thank you! The scale is missing, though.', file))
      const voice = await ana.sends(toLin, contents.voice(4), melody(4))
      await lin.says(toAna, contents.reply('我现在不方便听', voice))
      const gone = await ana.says(toLin, 'Forget that.')
      await lin.says(toAna, contents.reply('？', gone))
      await ana.recalls(gone)
    }),
  ],
}

/** Types of the host's own: in a bubble, and as a grey line. */
export const Custom: Story = {
  // The bold amount is there when what makes strings safe has been loaded.
  parameters: { shows: ['[part~=custom] ul', '[part~=custom] b', '[part~=notice]'] },
  loaders: [
    between(
      'ana',
      async ({ stage, other: ana, lin, toOther: toAna, toLin }) => {
        for (const type of ['app:poll', 'app:html', 'app:reminder', 'app:broken']) {
          stage.kit.registerMessageType(type, true, true)
        }
        const poll = { question: 'Pier 4 or pier 7?', answers: ['Pier 4', 'Pier 7'] }
        await ana.says(toLin, { messageType: 'app:poll', content: poll })
        await lin.says(toAna, { messageType: 'app:html', content: { amount: '¥ 88.00' } })
        const at = { time: '18:00' }
        await ana.says(toLin, { messageType: 'app:reminder', content: at })
        await ana.says(toLin, { messageType: 'app:broken', content: {} })
        stage.expectsErrors = true
      },
      {
        init: {
          customMessage: {
            userMessage: {
              'app:poll': ({ content }) =>
                html`<div>${content.question}</div>
                  <ul>
                    ${(content.answers as string[]).map((answer) => html`<li>${answer}</li>`)}
                  </ul>`,
              'app:html': ({ content }) => `<b style="font-size: 1.5em">${content.amount}</b>`,
              'app:broken': () => {
                throw new Error('This renderer fails.')
              },
            },
            notifyMessage: {
              'app:reminder': ({ content }) => html`⏰ ${content.time}`,
            },
          },
        },
      },
    ),
  ],
}

/** What this version does not know, or what is not as its type demands. */
export const UnknownAndMalformed: Story = {
  loaders: [
    between('ana', async ({ other: ana, toLin }) => {
      await ana.says(toLin, 'The next two cannot be shown.')
      await ana.says(toLin, { messageType: 'app:from-the-future', content: { anything: true } })
      await ana.says(toLin, { messageType: MessageType.TEXT, content: { text: 'wrong field' } })
      await ana.says(toLin, 'That was all.')
    }),
  ],
}

/** Markup in any field is text. */
export const Markup: Story = {
  loaders: [
    between('ana', async ({ other: ana, lin, toOther: toAna, toLin }) => {
      const evil = '<img src=x onerror=alert(1)>'
      await ana.says(toLin, `${evil}<b>bold</b> <script>alert(2)</script>`)
      await lin.says(toAna, 'javascript:alert(3) [x](javascript:alert(4))')
      await ana.sends(toLin, contents.file(`${evil}.html`, 10), new File(['-'], 'x.html'))
      await ana.says(toLin, contents.page(evil, evil, 'javascript:alert(5)'))
      await ana.says(toLin, contents.place(evil))
    }),
  ],
}

/** Grey lines: a group's life, information, and what was taken back. */
export const Notices: Story = {
  parameters: { shows: ['[part~=notice]', '[part~=edit-again]'] },
  loaders: [
    staged(async (stage) => {
      const [ana, ben] = await Promise.all([stage.actor('ana'), stage.actor('ben')])
      stage.clock.setBack(3 * minute)
      const crew = await stage.group('Festival', 'ana', me, 'ben')
      const { targetId } = crew
      await ana.groups.invite(targetId, ['mei', 'karl'])
      await ana.groups.rename(targetId, { name: 'Harbour festival crew' })
      await ana.groups.kick(targetId, ['karl'])
      const mei = await stage.actor('mei')
      await mei.groups.leave(targetId)
      await ana.says(crew, contents.notice('Everything said here is kept for a year.'))
      await ben.recalls(await ben.says(crew, 'Wrong group, sorry.'))
      await stage.enter()
      stage.kit.selectConversation(crew)
      await stage.kit.clearMessagesUnreadStatus(crew)
      await stage.kit.recall(await stage.kit.send(crew, contents.text('Who takes the late shfit?')))
    }),
  ],
}

/** Pictures and names beside the bubbles of a group; runs of one sender show them once. */
export const Group: Story = {
  parameters: { shows: ['[part~=name]'] },
  loaders: [staged(groupConversation)],
}

/** What was edited says so, and what others think of a message stands below it. */
export const ReactionsAndEdits: Story = {
  parameters: { shows: ['[part~=reaction]', '[part~=edited]'] },
  loaders: [
    between('ana', async ({ other: ana, lin, toOther: toAna, toLin }) => {
      const plan = await lin.says(toAna, '我们六点在四号码头见')
      await ana.reacts(toLin, plan, '👍', '🎉')
      await lin.reacts(toAna, plan, '🎉')
      const answer = await ana.says(toLin, 'I shall be ther')
      await ana.edits(answer, 'I shall be there, with Kofi and the lanterns.')
      await lin.reacts(toAna, answer, '❤️')
      const last = await lin.says(toAna, '太好了')
      await lin.edits(last, '太好了，别忘了带票')
    }),
  ],
}
