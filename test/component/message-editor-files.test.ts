import { expect } from '@open-wc/testing'
import type { MessageEditor } from '../../components/message-editor/message-editor.js'
import { attachmentOf } from '../../components/message-editor/attachment.js'
import { limits } from '../../src/model/limits.js'
import { MessageType } from '../../src/model/message-types.js'
import {
  areaOf,
  drag,
  find,
  findAll,
  imageFile,
  openEditor,
  partOf,
  paste,
  press,
  received,
  transferOf,
  type,
  videoFile,
  until,
} from '../support/editor-page.js'
import { expectAccessible } from '../support/expect-accessible.js'
import { twoPeople, withAlice, withBob, type People } from '../support/two-people.js'

const textFile = (name = 'notes.txt', text = 'some notes') =>
  new File([text], name, { type: 'text/plain' })

describe('files in <message-editor>', () => {
  let people: People
  let editor: MessageEditor

  beforeEach(async () => {
    people = await twoPeople()
    editor = await openEditor(people.alice, withBob)
  })

  afterEach(() => people.end())

  const waiting = () => findAll(editor, '.attachment-name').map((name) => name.textContent)
  const choose = (button: 0 | 1, files: readonly File[]) => {
    const input = findAll(editor, 'input[type=file]')[button] as HTMLInputElement
    input.files = transferOf(files).files
    input.dispatchEvent(new Event('change'))
    return editor.updateComplete
  }

  it('that are chosen wait beside the text, and go with Enter', async () => {
    await choose(0, [await imageFile()])
    await choose(1, [textFile()])
    expect(waiting()).to.deep.equal(['red.png', 'notes.txt'])
    expect(editor.shadowRoot!.activeElement === areaOf(editor), 'the caret').to.equal(true)
    await type(editor, 'look')
    await press(editor, 'Enter')
    expect(waiting()).to.deep.equal([])
    const messages = await received(people.bob, withAlice, 3)
    // Text does not wait for the files to be uploaded, so the order is the one they arrive in.
    const types = [MessageType.FILE, MessageType.IMAGE, MessageType.TEXT]
    expect(messages.map(({ messageType }) => messageType)).to.have.members(types)
    const contentOf = (type: string) =>
      messages.find(({ messageType }) => messageType === type)?.content
    const image = contentOf(MessageType.IMAGE)
    const file = contentOf(MessageType.FILE)
    expect(image).to.deep.include({ width: 640, height: 320 })
    expect(image!.imageUri).to.be.a('string').and.not.equal('')
    expect(image!.content).to.match(/^[A-Za-z0-9+/]+=*$/)
    expect(file).to.deep.include({ name: 'notes.txt', size: 10, type: 'txt' })
    const response = await fetch(await people.bob.kit.fileUrl(file!.fileUrl as string))
    expect(await response.text()).to.equal('some notes')
  })

  it('can be sent without a word', async () => {
    await choose(1, [textFile()])
    const button = partOf(editor, 'send') as HTMLButtonElement
    expect(button.disabled).to.equal(false)
    button.click()
    await received(people.bob, withAlice, 1)
  })

  it('can be taken out again, also by keyboard', async () => {
    await choose(1, [textFile('a.txt'), textFile('b.txt')])
    const [first] = findAll(editor, '.attachment-remove')
    expect(first!.ariaLabel).to.equal('Remove a.txt')
    first!.focus()
    await press(editor, 'Enter')
    expect(waiting()).to.deep.equal(['b.txt'])
    await until(() => editor.shadowRoot!.activeElement?.ariaLabel === 'Remove b.txt')
    await press(editor, 'Enter')
    expect(waiting()).to.deep.equal([])
    await until(() => editor.shadowRoot!.activeElement === areaOf(editor))
  })

  it('are kept apart by conversation', async () => {
    await choose(1, [textFile()])
    people.alice.kit.selectConversation({ ...withBob, targetId: 'carol' })
    await until(() => waiting().length === 0)
    people.alice.kit.selectConversation(withBob)
    await until(() => waiting().length === 1)
  })

  describe('pasted', () => {
    it('are taken', async () => {
      const event = paste(editor, transferOf([await imageFile('image.png')]))
      await editor.updateComplete
      expect(event.defaultPrevented).to.equal(true)
      expect(waiting()).to.deep.equal(['image.png'])
    })

    it('are taken when only their names come along', async () => {
      paste(editor, transferOf([textFile('a.txt'), textFile('b.txt')], '/home/me/a.txt\nb.txt'))
      await editor.updateComplete
      expect(waiting()).to.deep.equal(['a.txt', 'b.txt'])
    })

    it('are left out where they only picture the text that comes with them', async () => {
      const event = paste(editor, transferOf([await imageFile()], 'A1\tB1'))
      await editor.updateComplete
      expect(event.defaultPrevented, 'the field takes the text').to.equal(false)
      expect(waiting()).to.deep.equal([])
    })
  })

  describe('dragged', () => {
    it('are shown to be welcome, and taken when dropped', async () => {
      const data = transferOf([textFile()])
      const enter = drag(editor, 'dragenter', data)
      expect(enter.defaultPrevented).to.equal(true)
      expect(drag(editor, 'dragover', data).defaultPrevented).to.equal(true)
      await editor.updateComplete
      expect(partOf(editor, 'drop-zone')!.innerText).to.equal('Drop to send')
      expect(drag(editor, 'drop', data).defaultPrevented).to.equal(true)
      await editor.updateComplete
      expect(partOf(editor, 'drop-zone') === null).to.equal(true)
      expect(waiting()).to.deep.equal(['notes.txt'])
    })

    it('away again are forgotten', async () => {
      drag(editor, 'dragenter', transferOf([textFile()]))
      await editor.updateComplete
      drag(editor, 'dragleave', transferOf([textFile()]))
      await editor.updateComplete
      expect(partOf(editor, 'drop-zone') === null).to.equal(true)
    })

    it('are not taken without a conversation', async () => {
      people.alice.kit.selectConversation(null)
      await until(() => areaOf(editor).disabled)
      expect(drag(editor, 'dragenter', transferOf([textFile()])).defaultPrevented).to.equal(false)
      expect(drag(editor, 'drop', transferOf([textFile()])).defaultPrevented).to.equal(false)
      await editor.updateComplete
      expect(waiting()).to.deep.equal([])
    })

    it('text is the field’s own business', () => {
      expect(drag(editor, 'drop', transferOf([], 'text')).defaultPrevented).to.equal(false)
    })
  })

  describe('that cannot be sent', () => {
    const notice = () => partOf(editor, 'notice')?.querySelector('span')?.textContent

    it('for they are empty are named; the others and the text stay', async () => {
      await type(editor, 'text')
      await choose(1, [textFile('empty.txt', ''), textFile()])
      expect(notice()).to.equal('empty.txt: An empty file can’t be sent')
      expect(find(editor, '[role=alert]')!.contains(partOf(editor, 'notice'))).to.equal(true)
      expect(waiting()).to.deep.equal(['notes.txt'])
      expect(areaOf(editor).value).to.equal('text')
    })

    it('for they are too large are named with the limit', async () => {
      const file = textFile('film.bin')
      Object.defineProperty(file, 'size', { value: limits.fileSize + 1 })
      const data = transferOf([])
      Object.defineProperty(data, 'types', { value: ['Files'] })
      Object.defineProperty(data, 'items', { value: [{ kind: 'file', getAsFile: () => file }] })
      drag(editor, 'drop', data)
      await editor.updateComplete
      expect(notice()).to.equal('film.bin: The file is too large; at most 100 MB')
      expect(waiting()).to.deep.equal([])
    })

    it('for they are refused come back, with the reason', async () => {
      people.alice.kit.on('error', () => undefined)
      people.alice.kit.customDisplayMessage = {
        willSendMessage: () => {
          throw new Error('not now')
        },
      }
      await choose(1, [textFile()])
      await press(editor, 'Enter')
      await until(() => notice() && waiting().length === 1)
    })
  })

  it('waiting are accessible', async () => {
    await choose(0, [await imageFile()])
    await until(() => find(editor, '.attachment img'))
    await expectAccessible(editor)
  })
})

describe('a file that is sent', () => {
  const typeOf = async (file: File) => (await attachmentOf(file)).message.messageType

  it('is an image with a small thumbnail if it can be read as one', async () => {
    const { message, preview } = await attachmentOf(await imageFile('photo.jpg', 3000, 1000))
    expect(message.messageType).to.equal(MessageType.IMAGE)
    expect(message.content).to.deep.include({ width: 3000, height: 1000 })
    expect(message.content.content).to.have.length.below(10_000)
    const image = new Image()
    image.src = preview!
    await image.decode()
    expect([image.naturalWidth, image.naturalHeight]).to.deep.equal([240, 80])
  })

  it('is a file if it only claims to be an image', async () => {
    expect(await typeOf(new File(['no'], 'x.png', { type: 'image/png' }))).to.equal(
      MessageType.FILE,
    )
  })

  it('is a file if it is a drawing with a language of its own', async () => {
    const drawing = '<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"/>'
    expect(await typeOf(new File([drawing], 'x.svg', { type: 'image/svg+xml' }))).to.equal(
      MessageType.FILE,
    )
  })

  it('is a moving picture if it is a GIF', async () => {
    const pixel = Uint8Array.from(
      atob('R0lGODlhAQABAIAAAAAAAP///yH5BAEAAAAALAAAAAABAAEAAAIBRAA7'),
      (character) => character.charCodeAt(0),
    )
    const file = new File([pixel], 'x.gif', { type: 'image/gif' })
    const { message } = await attachmentOf(file)
    expect(message.messageType).to.equal(MessageType.GIF)
    expect(message.content).to.deep.include({ gifDataSize: pixel.length, width: 1, height: 1 })
  })

  it('is a short video with its first frame if it can be played', async () => {
    const file = await videoFile()
    const { message, preview } = await attachmentOf(file)
    expect(message.messageType).to.equal(MessageType.SIGHT)
    expect(message.content).to.deep.include({ name: 'clip.webm', size: file.size, duration: 1 })
    expect(preview).to.match(/^data:image\/jpeg;base64,/)
  })

  it('is a file if it is a video this browser cannot play', async () => {
    const file = new File(['no video'], 'x.mp4', { type: 'video/mp4' })
    expect(await typeOf(file)).to.equal(MessageType.FILE)
  })
})
