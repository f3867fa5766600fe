/** An editor on a page, and the hands and eyes of the person in front of it. */
import { fixture, html } from '@open-wc/testing'
import { sendKeys } from '@web/test-runner-commands'
import '../../components/im-provider/im-provider.define.js'
import '../../components/message-editor/message-editor.define.js'
import type { MessageEditor } from '../../components/message-editor/message-editor.js'
import type { ConversationId } from '../../src/model/conversation.js'
import type { Message } from '../../src/model/message.js'
import { eventually } from './eventually.js'
import type { Person } from './two-people.js'

/** Waits for what is to be seen. */
export function until(condition: () => unknown, what?: string): Promise<void> {
  return eventually(condition, what)
}

/** A place on the page that belongs to a person; removed after the test by itself. */
export function placeOf({ kit }: Person): Promise<HTMLElement> {
  return fixture(html`<im-provider .kit=${kit}></im-provider>`)
}

/** The editor of a person with a conversation open, ready to be written in. */
export async function openEditor(
  person: Person,
  conversation: ConversationId,
  place?: HTMLElement,
): Promise<MessageEditor> {
  const editor = document.createElement('message-editor')
  const somewhere = place ?? (await placeOf(person))
  somewhere.append(editor)
  person.kit.selectConversation(conversation)
  await until(() => areaOf(editor)?.disabled === false, 'the editor is ready')
  return editor
}

export function areaOf(editor: MessageEditor): HTMLTextAreaElement {
  return find<HTMLTextAreaElement>(editor, 'textarea')!
}

export function find<Found extends Element>(editor: MessageEditor, selector: string): Found | null {
  return editor.shadowRoot?.querySelector<Found>(selector) ?? null
}

export function findAll(editor: MessageEditor, selector: string): HTMLElement[] {
  return Array.from(editor.shadowRoot!.querySelectorAll<HTMLElement>(selector))
}

export function partOf(editor: MessageEditor, name: string): HTMLElement | null {
  return find<HTMLElement>(editor, `[part~="${name}"]`)
}

/** By real keystrokes. */
export async function type(editor: MessageEditor, text: string): Promise<void> {
  editor.focus()
  await sendKeys({ type: text })
  await editor.updateComplete
}

export async function press(editor: MessageEditor, ...keys: string[]): Promise<void> {
  for (const key of keys) {
    await sendKeys({ press: key })
    await editor.updateComplete
  }
}

/** The newest messages of a conversation as a person has them, oldest first. */
export async function messagesOf(
  { kit }: Person,
  conversation: ConversationId,
): Promise<Message[]> {
  const { messages } = await kit.client!.reader.history(conversation, { count: 20 })
  return messages
}

/** Waits until a person has this many messages in a conversation. */
export async function received(
  person: Person,
  conversation: ConversationId,
  count: number,
): Promise<Message[]> {
  let messages: Message[] = []
  await until(async () => {
    messages = await messagesOf(person, conversation)
    return messages.length >= count
  }, `${count} messages`)
  return messages
}

/** What dragging or pasting files and text carries. */
export function transferOf(files: readonly File[], text = ''): DataTransfer {
  const data = new DataTransfer()
  for (const file of files) data.items.add(file)
  if (text) data.setData('text/plain', text)
  return data
}

export function paste(editor: MessageEditor, data: DataTransfer): ClipboardEvent {
  const event = new ClipboardEvent('paste', {
    clipboardData: data,
    bubbles: true,
    cancelable: true,
    composed: true,
  })
  areaOf(editor).dispatchEvent(event)
  return event
}

export function drag(
  editor: MessageEditor,
  type: 'dragenter' | 'dragover' | 'dragleave' | 'drop',
  data: DataTransfer,
): DragEvent {
  const event = new DragEvent(type, {
    dataTransfer: data,
    bubbles: true,
    cancelable: true,
    composed: true,
  })
  partOf(editor, 'editor')!.dispatchEvent(event)
  return event
}

/** A picture of one colour. */
export async function imageFile(name = 'red.png', width = 640, height = 320): Promise<File> {
  const canvas = document.createElement('canvas')
  Object.assign(canvas, { width, height })
  const context = canvas.getContext('2d')!
  context.fillStyle = '#d00'
  context.fillRect(0, 0, width, height)
  const type = name.endsWith('.jpg') ? 'image/jpeg' : 'image/png'
  const blob = await new Promise<Blob | null>((resolve) => canvas.toBlob(resolve, type))
  return new File([blob!], name, { type })
}

/** A second of video, recorded by this browser. */
export async function videoFile(name = 'clip.webm'): Promise<File> {
  const canvas = document.createElement('canvas')
  Object.assign(canvas, { width: 160, height: 90 })
  const context = canvas.getContext('2d')!
  const recorder = new MediaRecorder(canvas.captureStream(20), { mimeType: 'video/webm' })
  const chunks: Blob[] = []
  const stopped = new Promise((resolve) => recorder.addEventListener('stop', resolve))
  recorder.addEventListener('dataavailable', ({ data }) => chunks.push(data))
  recorder.start()
  const start = performance.now()
  while (performance.now() - start < 1000) {
    const time = await new Promise<number>((resolve) => requestAnimationFrame(resolve))
    context.fillStyle = `hsl(${time % 360} 80% 50%)`
    context.fillRect(0, 0, 160, 90)
  }
  recorder.stop()
  await stopped
  return new File(chunks, name, { type: 'video/webm' })
}
