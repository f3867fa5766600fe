/** Cards (XEP-0054) of users and of groups: what they are called, and where their picture is. */
import { StanzaError, xml, type Element, type Wire } from './wire.js'

const NS_VCARD = 'vcard-temp'

export interface Card {
  name?: string
  portraitUri?: string
}

/** @param address nobody in particular: the user's own */
export async function readCard(wire: Wire, address?: string): Promise<Card> {
  return cardOf(await readElement(wire, address))
}

/** Changes what is said and keeps the rest, also what other clients have written. */
export async function changeCard(wire: Wire, change: Card, address?: string): Promise<void> {
  const card = await readElement(wire, address)
  const { name, portraitUri } = change
  const replaced = new Set([
    ...(name === undefined ? [] : ['FN']),
    ...(portraitUri === undefined ? [] : ['PHOTO']),
  ])
  const kept = card.getChildElements().filter((child) => !replaced.has(child.name))
  await wire.iq(
    'set',
    xml(
      'vCard',
      { xmlns: NS_VCARD },
      ...kept,
      name ? xml('FN', {}, name) : undefined,
      portraitUri ? xml('PHOTO', {}, xml('EXTVAL', {}, portraitUri)) : undefined,
    ),
    address,
  )
}

async function readElement(wire: Wire, address?: string): Promise<Element> {
  const empty = xml('vCard', { xmlns: NS_VCARD })
  try {
    const answer = await wire.iq('get', empty, address)
    return answer.getChild('vCard', NS_VCARD) ?? empty
  } catch (error) {
    // Some servers say so when there is none.
    if (error instanceof StanzaError && error.condition === 'item-not-found') return empty
    throw error
  }
}

function cardOf(card: Element): Card {
  const name = card.getChildText('FN') || card.getChildText('NICKNAME')
  const portraitUri = card.getChild('PHOTO')?.getChildText('EXTVAL')
  return { ...(name && { name }), ...(portraitUri && { portraitUri }) }
}
