import { expect } from '@open-wc/testing'
import { ErrorCode } from '../../src/model/errors.js'
import * as RongIMLib from '../../src/rongcloud/imlib.js'
import { type Device } from '../support/chat-service.js'
import { useFacadePage } from '../support/facade-page.js'
import { privateWith } from '../support/backend-messages.js'

const { SentStatus } = RongIMLib

/** A red picture of 300 by 100 pixels. */
async function picture(type: string, name: string): Promise<File> {
  const canvas = new OffscreenCanvas(300, 100)
  const context = canvas.getContext('2d')!
  context.fillStyle = 'red'
  context.fillRect(0, 0, 300, 100)
  return new File([await canvas.convertToBlob({ type: 'image/png' })], name, { type })
}

/** Silence, as an uncompressed recording. */
function recording(seconds: number): File {
  const rate = 8000
  const size = rate * seconds
  const view = new DataView(new ArrayBuffer(44 + size))
  const ascii = (at: number, text: string) =>
    [...text].forEach((letter, index) => view.setUint8(at + index, letter.charCodeAt(0)))
  ascii(0, 'RIFF')
  view.setUint32(4, 36 + size, true)
  ascii(8, 'WAVEfmt ')
  view.setUint32(16, 16, true)
  view.setUint16(20, 1, true)
  view.setUint16(22, 1, true)
  view.setUint32(24, rate, true)
  view.setUint32(28, rate, true)
  view.setUint16(32, 1, true)
  view.setUint16(34, 8, true)
  ascii(36, 'data')
  view.setUint32(40, size, true)
  return new File([view], 'voice.wav', { type: 'audio/wav' })
}

describe('RongIMLib: files', () => {
  const chat = useFacadePage()
  const toBob = privateWith('bob')
  const toAlice = privateWith('alice')
  let bob: Device

  beforeEach(async () => {
    await chat.page.online()
    bob = await chat.page.service.device('bob').online()
  })

  it('uploads a file and sends its address, telling how far it is', async () => {
    const file = new File(['x'.repeat(700_000)], 'notes.txt', { type: 'text/plain' })
    const progress: number[] = []
    const completed: string[] = []
    const { code, data } = await RongIMLib.sendFileMessage(
      toBob,
      { file, extra: 'more', user: { id: 'alice', name: 'Alice' } },
      {
        onProgress: (percent) => progress.push(percent),
        onComplete: ({ url }) => void completed.push(url),
      },
    )
    expect(code).to.equal(0)
    expect(data!.messageType).to.equal('RC:FileMsg')
    expect(data!.content).to.deep.include({
      name: 'notes.txt',
      size: 700_000,
      type: 'txt',
      extra: 'more',
      user: { id: 'alice', name: 'Alice' },
    })
    expect(completed).to.deep.equal([data!.content.fileUrl])
    expect(progress.length).to.be.above(1)
    expect(progress.at(-1)).to.equal(100)
    expect(progress.every(Number.isInteger)).to.be.true

    const { data: url } = await RongIMLib.getLoadableUrl(data!.content.fileUrl)
    expect((await (await fetch(url!)).blob()).size).to.equal(700_000)
  })

  it('sends the message that onComplete gives instead', async () => {
    const { code, data } = await RongIMLib.sendFileMessage(
      toBob,
      { file: new Blob(['x']) },
      { onComplete: ({ url }) => new RongIMLib.TextMessage({ content: `see ${url}` }) },
    )
    expect(code).to.equal(0)
    expect(data!.messageType).to.equal('RC:TxtMsg')
    await bob.has(toAlice, data!.content.content)
  })

  it('sends images with a thumbnail without a data: prefix, and their size', async () => {
    const file = await picture('image/png', 'red.png')
    const { data } = await RongIMLib.sendImageMessage(toBob, { file })
    expect(data).to.deep.include({ messageType: 'RC:ImgMsg', sentStatus: SentStatus.SENT })
    const { content, imageUri, width, height } = data!.content
    expect({ width, height }).to.deep.equal({ width: 300, height: 100 })
    expect(content).to.match(/^[A-Za-z0-9+/=]+$/)
    expect(content.length).to.be.below(10_000)
    expect(imageUri).not.to.equal('')
  })

  it('sends GIFs, and refuses what is no image', async () => {
    const { data } = await RongIMLib.sendGIFMessage(toBob, {
      file: await picture('image/gif', 'red.gif'),
    })
    expect(data!.messageType).to.equal('RC:GIFMsg')
    expect(data!.content).to.deep.include({ width: 300, height: 100 })
    const { code } = await RongIMLib.sendGIFMessage(toBob, { file: new Blob(['x']) })
    expect(code).to.equal(ErrorCode.BIZ_ERROR_INVALID_PARAMETER)
  })

  it('sends recordings with their length, measured or given', async () => {
    const measured = await RongIMLib.sendHQVoiceMessage(toBob, { file: recording(2) })
    expect(measured.data).to.deep.include({ messageType: 'RC:HQVCMsg' })
    expect(measured.data!.content).to.deep.include({ duration: 2, type: 'wav' })
    const file = new Blob(['no recording'], { type: 'audio/aac' })
    const given = await RongIMLib.sendHQVoiceMessage(toBob, { file, duration: 7 })
    expect(given.data!.content).to.deep.include({ duration: 7, type: 'aac' })
    const unknown = await RongIMLib.sendHQVoiceMessage(toBob, { file })
    expect(unknown.code).to.equal(ErrorCode.BIZ_ERROR_INVALID_PARAMETER)
    expect(unknown.msg).to.contain('duration')
  })

  it('sends short videos with their first frame', async () => {
    const file = new File(['video'], 'cat.mp4', { type: 'video/mp4' })
    const { data } = await RongIMLib.sendSightMessage(toBob, {
      file,
      duration: 3,
      thumbnail: 'Zm9v',
      name: 'A cat',
    })
    expect(data!.messageType).to.equal('RC:SightMsg')
    expect(data!.content).to.deep.include({ duration: 3, content: 'Zm9v', size: 5, name: 'A cat' })
  })

  it('resolves with 34011 for no file and for an empty one', async () => {
    for (const file of [undefined, 'file', new File([], 'empty.txt')]) {
      const { code } = await RongIMLib.sendFileMessage(toBob, { file: file as File })
      expect(code).to.equal(ErrorCode.UPLOAD_FAIL)
    }
  })

  it('keeps a file without a connection, and uploads and sends it later', async () => {
    await chat.page.cut()
    const { code, data } = await RongIMLib.sendFileMessage(toBob, { file: new Blob(['later']) })
    expect(code).to.equal(ErrorCode.RC_NET_UNAVAILABLE)
    await chat.page.reconnect()
    const sent = await RongIMLib.sendFileMessage(toBob, null as never, undefined, {
      messageId: data!.messageId,
    })
    expect(sent).to.deep.include({ code: 0 })
    expect(sent.data!.messageUId).to.equal(data!.messageUId)
    expect(sent.data!.content.fileUrl).not.to.equal('')
  })
})
