import { html, nothing } from 'lit'
import { DrawnLater } from '../../../src/kit/drawn-later.js'
import type { Message } from '../../../src/model/message.js'
import type { VoicePlayDetail } from '../../im-voice/im-voice.js'
import { amountOf, textOf } from '../content-fields.js'
import type { BubbleScene } from '../scene.js'

const player = new DrawnLater(() => import('../../im-voice/im-voice.define.js'))

/** Until there is a player, its place says what it is. */
export function renderVoice(message: Message, scene: BubbleScene) {
  const isThere = player.read((error) => scene.kit.report(error, 'loading the player of voices'))
  return html`<im-voice
    part="voice"
    .src=${textOf(message.content.remoteUrl)}
    .duration=${amountOf(message.content.duration) ?? 0}
    .resolve=${(uri: string) => scene.addresses.load(uri)}
    @im-voice-play=${(event: CustomEvent<VoicePlayDetail>) => {
      if (!scene.playVoice(message, event.detail)) event.preventDefault()
    }}
    >${isThere ? nothing : scene.words.voice}</im-voice
  >`
}
