/** What a server says it can do (XEP-0030), and where its services are. */
import { ErrorCode, IMError } from '../../model/errors.js'
import { bareAddress } from './addresses.js'
import {
  NS_ACKNOWLEDGES,
  NS_ARCHIVE,
  NS_COMPANION,
  NS_DISCO_INFO,
  NS_DISCO_ITEMS,
  NS_MUC,
  NS_PLACES,
  NS_TELLS_BLOCKED,
} from './namespaces.js'
import { NS_BLOCKING } from './block-list.js'
import { NS_UPLOAD } from './files.js'
import type { XmppRules } from './options.js'
import { NS_PRESENCE } from './presence.js'
import { StanzaError, xml, type Element, type Wire } from './wire.js'

/** What a companion says it does. */
const LISTS_CONVERSATIONS = `${NS_COMPANION}#conversations`

export interface ServerFeatures {
  /** It tells the place of what was sent. */
  acknowledges: boolean
  /** Both sides of a private conversation have it in one order. */
  hasSharedPlaces: boolean
  /** It keeps block lists, and tells those who are on one. */
  hasBlockLists: boolean
  /** It tells who is online. */
  tellsPresence: boolean
  /** The address of the service that holds the groups, if there is one. */
  rooms?: string
  /** The address of the service that takes files, if there is one. */
  uploads?: string
  /** The address of the companion, if there is one. */
  companion?: string
}

/** @throws IMError 31003 when the server lacks what nothing works without */
export async function readFeatures(wire: Wire, rules: XmppRules): Promise<ServerFeatures> {
  const [server, account, services, companion] = await Promise.all([
    featuresOf(wire, wire.domain),
    featuresOf(wire, bareAddress(wire.jid)),
    readServices(wire),
    readCompanion(wire, rules),
  ])
  if (!account.has(NS_ARCHIVE)) {
    throw new IMError(
      ErrorCode.RC_CONN_SERVER_UNAVAILABLE,
      'The server keeps no archive of messages: it has to be set up with XEP-0313 (mod_mam).',
    )
  }
  const having = (feature: string) =>
    services.find(({ features }) => features.has(feature))?.address
  return {
    acknowledges: server.has(NS_ACKNOWLEDGES),
    hasSharedPlaces: server.has(NS_PLACES),
    hasBlockLists: server.has(NS_BLOCKING) && server.has(NS_TELLS_BLOCKED),
    tellsPresence: server.has(NS_PRESENCE),
    rooms: rules.rooms ?? having(NS_MUC),
    uploads: having(NS_UPLOAD),
    companion: rules.companion === undefined ? having(LISTS_CONVERSATIONS) : companion,
  }
}

/** The one that is named, if it is one. */
async function readCompanion(wire: Wire, { companion }: XmppRules): Promise<string | undefined> {
  if (!companion) return undefined
  const features = await featuresOf(wire, companion)
  return features.has(LISTS_CONVERSATIONS) ? companion : undefined
}

async function readServices(wire: Wire): Promise<{ address: string; features: Set<string> }[]> {
  const answer = await ask(wire, NS_DISCO_ITEMS, wire.domain)
  const items = answer?.getChild('query', NS_DISCO_ITEMS)?.getChildren('item') ?? []
  const addresses = items.flatMap(({ attrs: { jid, node } }) => (jid && !node ? [jid] : []))
  return Promise.all(
    addresses.map(async (address) => ({ address, features: await featuresOf(wire, address) })),
  )
}

async function featuresOf(wire: Wire, address: string): Promise<Set<string>> {
  const answer = await ask(wire, NS_DISCO_INFO, address)
  const features = answer?.getChild('query', NS_DISCO_INFO)?.getChildren('feature') ?? []
  return new Set(features.map(({ attrs }) => attrs.var ?? ''))
}

/** A service that does not answer, or only with an error, has no features. */
async function ask(wire: Wire, query: string, address: string): Promise<Element | undefined> {
  try {
    return await wire.iq('get', xml('query', { xmlns: query }), address)
  } catch (error) {
    if (error instanceof StanzaError) return undefined
    throw error
  }
}
