import { html } from 'lit'
import type { Message } from '../../../src/model/message.js'
import type { VoicePlayDetail } from '../../im-voice/im-voice.js'
import { amountOf, textOf } from '../content-fields.js'
import type { BubbleScene } from '../scene.js'

export function renderVoice(message: Message, scene: BubbleScene) {
  return html`<im-voice
    part="voice"
    .src=${textOf(message.content.remoteUrl)}
    .duration=${amountOf(message.content.duration) ?? 0}
    .resolve=${(uri: string) => scene.addresses.load(uri)}
    @im-voice-play=${(event: CustomEvent<VoicePlayDetail>) => {
      if (!scene.playVoice(message, event.detail)) event.preventDefault()
    }}
  ></im-voice>`
}
