/** Shows what is behind a message, unless the host takes `tapMessage`. */
import type { Message } from '../../src/model/message.js'
import { MessageType } from '../../src/model/message-types.js'
import type { IMViewer, ViewerItem } from '../im-viewer/im-viewer.js'
import type { FileAddresses } from '../internal/file-addresses.js'
import { textOf, thumbnailUrl } from './content-fields.js'
import { addressIn, tapDetail, type TapMessageDetail } from './tap-detail.js'

export interface OpeningOptions {
  addresses: FileAddresses
  /** None: it can't be had, and the user has been told. */
  viewer(): Promise<IMViewer | undefined>
  /** The messages one can turn to in the viewer. */
  messages: readonly Message[]
  /** Fires `tapMessage`. False: the host has taken it. */
  tap(detail: TapMessageDetail): boolean
  /** What is behind the message can't be had. */
  onUnavailable(): void
}

export async function openMessage(message: Message, options: OpeningOptions): Promise<void> {
  const uri = addressIn(message)
  if (uri === undefined) return
  const known = options.addresses.read(uri).peek().url
  // Known ones at once: a host may open a window, which browsers allow only within the click itself.
  const url = known ?? (await options.addresses.load(uri)) ?? ''
  const detail = tapDetail(message, url)
  if (!detail || !options.tap(detail)) return
  if (detail.type === 'image' || detail.type === 'sight') await showInViewer(message, options)
  else if (url === '') options.onUnavailable()
  else if (detail.type === 'file') download(url, detail.name)
  else if (detail.type === 'richContent') window.open(url, '_blank', 'noopener,noreferrer')
}

async function showInViewer(message: Message, options: OpeningOptions): Promise<void> {
  const { messages, addresses } = options
  const viewer = await options.viewer()
  if (!viewer) return
  const viewable = messages.filter(isViewable)
  const shown = viewable.includes(message) ? viewable : [message]
  viewer.items = shown.map(viewerItem)
  viewer.index = shown.indexOf(message)
  viewer.resolve = (uri) => addresses.load(uri)
  viewer.open = true
}

function isViewable({ messageType }: Message): boolean {
  const { IMAGE, GIF, SIGHT } = MessageType
  return messageType === IMAGE || messageType === GIF || messageType === SIGHT
}

function viewerItem(message: Message): ViewerItem {
  const item: ViewerItem = {
    kind: message.messageType === MessageType.SIGHT ? 'video' : 'image',
    url: addressIn(message) ?? '',
  }
  const thumbnail = thumbnailUrl(message.content.content)
  if (thumbnail) item.thumbnail = thumbnail
  const name = textOf(message.content.name)
  if (name) item.name = name
  return item
}

function download(url: string, name: string): void {
  const link = document.createElement('a')
  link.href = url
  link.download = name
  // Files of another origin open instead: not in place of the page.
  link.target = '_blank'
  link.rel = 'noopener noreferrer'
  link.click()
}
