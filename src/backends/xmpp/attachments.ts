/**
 * Files between clients of different makes: the address of one, out of band (XEP-0066) or with what it
 * is (XEP-0385), as picture or file; and the address of ours, for those who do not know our types.
 */
import type { MessageContent } from '../../model/content.js'
import { MessageType } from '../../model/message-types.js'
import type { MessageEnvelope } from '../../model/message.js'
import { asXmlText, xml, type Element } from './xml.js'

const NS_OUT_OF_BAND = 'jabber:x:oob'
const NS_REFERENCE = 'urn:xmpp:reference:0'
const NS_SHARING = 'urn:xmpp:sims:1'
const NS_FILE = 'urn:xmpp:jingle:apps:file-transfer:5'

/** Where our types have the address of their file. */
const addressFields: Readonly<Record<string, string>> = {
  [MessageType.IMAGE]: 'imageUri',
  [MessageType.GIF]: 'remoteUrl',
  [MessageType.FILE]: 'fileUrl',
  [MessageType.HQ_VOICE]: 'remoteUrl',
  [MessageType.SIGHT]: 'sightUrl',
}

/** What another client's message brings: text, file, or both, which is then a text with the address. */
export function foreignContent(
  stanza: Element,
): { messageType: string; content: MessageContent } | undefined {
  const body = stanza.getChildText('body') ?? ''
  const attachment = attachmentOf(stanza)
  if (attachment) {
    const { url, ...content } = attachment
    if (body === '' || body.trim() === url) return content
    if (!body.includes(url)) return textWith(`${body}\n${url}`)
  }
  return body === '' ? undefined : textWith(body)
}

/** The address of a message's file; undefined: it has none. */
export function addressOf({
  messageType,
  content,
}: Pick<MessageEnvelope, 'messageType' | 'content'>): string | undefined {
  const field = addressFields[messageType]
  return field && webAddress(content[field])?.href
}

export function outOfBand(address: string): Element {
  return xml('x', { xmlns: NS_OUT_OF_BAND }, xml('url', {}, asXmlText(address)))
}

function textWith(content: string): { messageType: string; content: MessageContent } {
  return { messageType: MessageType.TEXT, content: { content } }
}

function attachmentOf(
  stanza: Element,
): { url: string; messageType: string; content: MessageContent } | undefined {
  const sharing = stanza
    .getChildren('reference', NS_REFERENCE)
    .map((it) => it.getChild('media-sharing', NS_SHARING))
    .find((it) => it !== undefined)
  const shared = sharing
    ?.getChild('sources')
    ?.getChildren('reference', NS_REFERENCE)
    .map((it) => it.attrs.uri)
    .find((it) => webAddress(it))
  const told = stanza.getChild('x', NS_OUT_OF_BAND)?.getChildText('url')?.trim()
  const url = shared ?? told
  const address = webAddress(url)
  if (url === undefined || !address) return undefined
  const file = sharing?.getChild('file', NS_FILE)
  const name = file?.getChildText('name') || lastPart(address)
  const type = file?.getChildText('media-type') || ''
  const size = Number(file?.getChildText('size') ?? 0)
  if (isPicture(type, name)) {
    return { url, messageType: MessageType.IMAGE, content: { content: '', imageUri: url } }
  }
  const ending = /\.([^.]{1,16})$/.exec(name)?.[1] ?? ''
  const content = { name, size: Number.isFinite(size) ? size : 0, type: ending, fileUrl: url }
  return { url, messageType: MessageType.FILE, content }
}

/** An address that a browser fetches. */
function webAddress(text: unknown): URL | undefined {
  if (typeof text !== 'string' || !URL.canParse(text)) return undefined
  const address = new URL(text)
  return ['http:', 'https:'].includes(address.protocol) ? address : undefined
}

function lastPart({ pathname, hostname }: URL): string {
  const part = pathname.split('/').at(-1) || hostname
  try {
    return decodeURIComponent(part)
  } catch {
    // Not everybody escapes what they put into an address.
    return part
  }
}

function isPicture(type: string, name: string): boolean {
  return type === '' ? /\.(avif|gif|jpe?g|png|webp)$/i.test(name) : pictures.has(type)
}

/** Those that browsers show. */
const pictures: ReadonlySet<string> = new Set([
  'image/avif',
  'image/gif',
  'image/jpeg',
  'image/png',
  'image/webp',
])
