/** What has been said before anybody opens the demo: written once, with a clock of its own. */
import type { BackendSession } from '../../src/backends/backend.js'
import { localToken, type LocalBackend } from '../../src/backends/local/index.js'
import type { MessageContent } from '../../src/model/content.js'
import { ConversationType, type ConversationId } from '../../src/model/conversation.js'
import { uuidv7 } from '../../src/model/identity.js'
import { MessageType } from '../../src/model/message-types.js'
import { invitationType, nextInvitation } from './invitation.js'
import { appkey, nameOf, openEmbedded, openEnd, people, server, type End } from './service.js'

const minute = 60_000
const hour = 60 * minute

/** Tabs that are opened at once wait for the first of them. */
export async function prepareFirstRun(): Promise<void> {
  await navigator.locks.request(`${appkey}-first-run`, server ? prepareServer : prepareEmbedded)
}

/** A server has a clock of its own: what is said here is said now. */
async function prepareServer(): Promise<void> {
  const clock = { now: Date.now() }
  const writer = new Writer(openEnd, clock)
  try {
    const alice = await writer.session('alice')
    if (((await alice.groups?.mine()) ?? []).length > 0) return
    for (const person of people) {
      const { profiles } = await writer.session(person)
      await profiles?.update({ name: nameOf(person) })
    }
    const group = await writer.group()
    await writer.text('carol', group, 'Morning! Who is in for the ridge on Saturday? 🏔️')
    await writer.picture('bob', group)
    await writer.say('carol', group, invitationType, { ...nextInvitation(new Date()) })
    await writer.text(
      'bob',
      { conversationType: ConversationType.PRIVATE, targetId: 'alice' },
      'Did you find the packing list?',
    )
  } finally {
    await writer.close()
  }
}

async function prepareEmbedded(): Promise<void> {
  const now = Date.now()
  const clock = { now: now - 26 * hour }
  const service = openEmbedded({ now: () => clock.now, limits: { sendRate: Infinity } })
  const writer = new Writer((userId) => ({ backend: service, token: localToken(userId) }), clock)
  try {
    const alice = await writer.session('alice')
    const groups = (await alice.groups?.mine()) ?? []
    if (groups.length === 0) await write(writer, service, now)
  } finally {
    await writer.close()
  }
}

async function write(writer: Writer, service: LocalBackend, now: number): Promise<void> {
  writer.at(now - 26 * hour)
  for (const person of people) {
    await service.sendSystemMessage(person, {
      senderUserId: 'imkit',
      messageType: MessageType.TEXT,
      content: {
        content:
          'Welcome! Nothing you write here leaves this browser. Open a second tab as Carol, pull somebody’s plug, reload: it is all still there.',
      },
    })
  }
  await writeGroup(writer, now)
  await writePrivateChats(writer, now)
}

async function writeGroup(writer: Writer, now: number): Promise<void> {
  const group = await writer.group()

  writer.at(now - 25 * hour)
  await writer.text('carol', group, 'Morning! Who is in for the ridge on Saturday? 🏔️')
  await writer.text('bob', group, 'Me. The forecast looks good: https://example.org/forecast')
  await writer.picture('bob', group)
  writer.at(now - 3 * hour)
  const question = await writer.text('carol', group, 'Shall we take the early bus or drive?')
  await writer.say('alice', group, MessageType.REFERENCE, {
    content: 'The bus! Then we can walk on to the lake 😄',
    referMsgUserId: 'carol',
    referMsgUid: question,
    objName: MessageType.TEXT,
    referMsg: { content: 'Shall we take the early bus or drive?' },
  })
  await writer.say('carol', group, invitationType, { ...nextInvitation(new Date(now)) })
  writer.at(now - 40 * minute)
  await writer.say(
    'bob',
    group,
    MessageType.TEXT,
    {
      content: '@Alice can you bring the map?',
      mentionedInfo: { type: 2, userIdList: ['alice'] },
    },
    { isMentioned: true },
  )
}

async function writePrivateChats(writer: Writer, now: number): Promise<void> {
  const to = (targetId: string): ConversationId => ({
    conversationType: ConversationType.PRIVATE,
    targetId,
  })
  writer.at(now - 24 * hour)
  await writer.text('mei', to('alice'), '你好！周末的照片我已经整理好了。')
  await writer.text('alice', to('mei'), '太好了，发给我看看吧 📷')
  await writer.text('noor', to('alice'), 'صباح الخير! هل وصلت الرسالة؟')
  await writer.text('alice', to('noor'), 'نعم، شكرًا — see you on Monday')

  writer.at(now - 90 * minute)
  await writer.text('bob', to('carol'), 'Do you still have my head torch?')
  await writer.text('carol', to('bob'), 'It is on my desk. I will bring it along.')

  writer.at(now - 20 * minute)
  await writer.text('alice', to('bob'), 'Did you find the packing list?')
  await writer.file('bob', to('alice'), 'packing-list.txt', 'Water\nSun hat\nSandwiches\nA map\n')
  await writer.text('bob', to('alice'), 'Here it is. Add what is missing!')
}

/** Lets everybody say something, at the time the clock is set to. */
class Writer {
  #endOf: (userId: string) => End | Promise<End>
  #clock: { now: number }
  #sessions = new Map<string, BackendSession>()

  constructor(endOf: (userId: string) => End | Promise<End>, clock: { now: number }) {
    this.#endOf = endOf
    this.#clock = clock
  }

  at(time: number): void {
    this.#clock.now = time
  }

  async session(userId: string): Promise<BackendSession> {
    const known = this.#sessions.get(userId)
    if (known) return known
    const { backend, token } = await this.#endOf(userId)
    const session = await backend.connect(
      { appkey, token, deviceId: `first-run-${userId}` },
      { batch: () => {}, status: () => {}, presence: () => {}, closed: () => {} },
    )
    this.#sessions.set(userId, session)
    return session
  }

  /** Makes the group of the three. */
  async group(): Promise<ConversationId> {
    const { groups } = await this.session('alice')
    const { groupId } = await groups!.create({
      name: 'Alice, Bob & Carol',
      memberIds: ['bob', 'carol'],
    })
    return { conversationType: ConversationType.GROUP, targetId: groupId }
  }

  text(userId: string, conversation: ConversationId, content: string): Promise<string> {
    return this.say(userId, conversation, MessageType.TEXT, { content })
  }

  async picture(userId: string, conversation: ConversationId): Promise<void> {
    const { files } = await this.session(userId)
    const canvas = drawMountains(960, 640)
    const picture = await new Promise<Blob | null>((resolve) =>
      canvas.toBlob(resolve, 'image/jpeg', 0.85),
    )
    const { uri } = await files!.upload(picture!, { name: 'ridge.jpg' })
    const thumbnail = drawMountains(120, 80).toDataURL('image/jpeg', 0.5)
    await this.say(userId, conversation, MessageType.IMAGE, {
      content: thumbnail.slice(thumbnail.indexOf(',') + 1),
      imageUri: uri,
      width: 960,
      height: 640,
    })
  }

  async file(
    userId: string,
    conversation: ConversationId,
    name: string,
    text: string,
  ): Promise<void> {
    const { files } = await this.session(userId)
    const file = new File([text], name, { type: 'text/plain' })
    const { uri } = await files!.upload(file, { name })
    const content = { name, size: file.size, type: 'txt', fileUrl: uri }
    await this.say(userId, conversation, MessageType.FILE, content)
  }

  /** Gives the message's id. The next one comes a minute later. */
  async say(
    senderUserId: string,
    conversation: ConversationId,
    messageType: string,
    content: MessageContent,
    options: { isMentioned?: boolean } = {},
  ): Promise<string> {
    const session = await this.session(senderUserId)
    const messageUId = uuidv7(this.#clock.now)
    await session.send({
      ...conversation,
      ...options,
      messageUId,
      messageType,
      content,
      senderUserId,
      isPersisted: true,
      isCounted: true,
      isStatusMessage: false,
    })
    this.#clock.now += minute
    return messageUId
  }

  async close(): Promise<void> {
    for (const session of this.#sessions.values()) await session.close()
  }
}

function drawMountains(width: number, height: number): HTMLCanvasElement {
  const canvas = document.createElement('canvas')
  canvas.width = width
  canvas.height = height
  const context = canvas.getContext('2d')!
  const sky = context.createLinearGradient(0, 0, 0, height)
  sky.addColorStop(0, '#5b8fd6')
  sky.addColorStop(1, '#fbe3c8')
  context.fillStyle = sky
  context.fillRect(0, 0, width, height)
  context.fillStyle = '#fff6dc'
  context.beginPath()
  context.arc(width * 0.72, height * 0.3, height * 0.07, 0, Math.PI * 2)
  context.fill()
  const ridges: [color: string, base: number, tops: number[]][] = [
    ['#8fa5c4', 0.62, [0.5, 0.36, 0.47, 0.3, 0.44, 0.38, 0.52]],
    ['#5f7d92', 0.76, [0.62, 0.55, 0.66, 0.52, 0.6, 0.68, 0.56]],
    ['#35564c', 0.92, [0.82, 0.74, 0.8, 0.86, 0.72, 0.82, 0.78]],
  ]
  for (const [color, base, tops] of ridges) {
    context.fillStyle = color
    context.beginPath()
    context.moveTo(0, height)
    context.lineTo(0, height * base)
    tops.forEach((top, index) => {
      const step = width / tops.length
      context.lineTo(step * (index + 0.5), height * top)
      context.lineTo(step * (index + 1), height * ((top + base) / 2))
    })
    context.lineTo(width, height)
    context.fill()
  }
  return canvas
}
