/** What a server says it can do (XEP-0030), and where its services are. */
import { ErrorCode, IMError } from '../../model/errors.js'
import { bareAddress } from './addresses.js'
import {
  NS_ACKNOWLEDGES,
  NS_ARCHIVE,
  NS_COMPANION,
  NS_DISCO_INFO,
  NS_DISCO_ITEMS,
  NS_GROUP_SUBSCRIPTIONS,
  NS_PLACES,
  NS_TELLS_BLOCKED,
} from './namespaces.js'
import { NS_BLOCKING } from './block-list.js'
import { NS_UPLOAD } from './files.js'
import type { XmppRules } from './options.js'
import { People } from './people.js'
import { NS_PRESENCE } from './presence.js'
import { newestEntry } from './server-archives.js'
import { StanzaError, xml, type Element, type Wire } from './wire.js'

/** What a companion says it answers begins with this, and goes on with the name of the request. */
const COMPANION_ANSWERS = `${NS_COMPANION}#`

/** A service without this is no companion. */
const LISTS_CONVERSATIONS = `${COMPANION_ANSWERS}conversations`

/** A companion (server/companion). */
export interface CompanionService {
  address: string
  /** Names of requests: `conversations`, `search`. */
  answers: ReadonlySet<string>
}

interface Service {
  address: string
  features: ReadonlySet<string>
}

export interface ServerFeatures {
  /** The newest entry of the own archive, if there is one; true: its ids are known to be places. */
  newest?: Element | true
  /** It tells the place of what was sent. */
  acknowledges: boolean
  /** Both sides of a private conversation have it in one order. */
  hasSharedPlaces: boolean
  /** It keeps block lists, and tells those who are on one. */
  hasBlockLists: boolean
  /** It tells who is online. */
  tellsPresence: boolean
  /**
   * The address of the service that holds the groups, if there is one. Rooms one has to enter to be
   * in them (XEP-0045 alone) are none.
   */
  rooms?: string
  /** The address of the service that takes files, if there is one. */
  uploads?: string
  companion?: CompanionService
}

/** @throws IMError 31003 when the server lacks what nothing works without */
export async function readFeatures(wire: Wire, rules: XmppRules): Promise<ServerFeatures> {
  const [server, account, services, rooms, companion] = await Promise.all([
    featuresOf(wire, wire.domain),
    featuresOf(wire, bareAddress(wire.jid)),
    readServices(wire),
    readNamed(wire, rules.rooms, NS_GROUP_SUBSCRIPTIONS),
    readNamed(wire, rules.companion, LISTS_CONVERSATIONS),
  ])
  if (!account.has(NS_ARCHIVE)) {
    throw new IMError(
      ErrorCode.RC_CONN_SERVER_UNAVAILABLE,
      'The server keeps no archive of messages: it has to be set up with XEP-0313 (ejabberd: mod_mam, Prosody: mam).',
    )
  }
  const hasSharedPlaces = server.has(NS_PLACES)
  const serviceWith = (feature: string) => services.find(({ features }) => features.has(feature))
  const people = new People(wire.jid, wire.userId, undefined)
  const found = rules.companion === undefined ? serviceWith(LISTS_CONVERSATIONS) : companion
  return {
    acknowledges: server.has(NS_ACKNOWLEDGES),
    hasSharedPlaces,
    newest: hasSharedPlaces || (await newestEntry(wire, people)),
    hasBlockLists: server.has(NS_BLOCKING) && server.has(NS_TELLS_BLOCKED),
    tellsPresence: server.has(NS_PRESENCE),
    rooms: (rules.rooms === undefined ? serviceWith(NS_GROUP_SUBSCRIPTIONS) : rooms)?.address,
    uploads: serviceWith(NS_UPLOAD)?.address,
    companion: found && companionIn(found),
  }
}

/** The one that is named, if it is what it is taken for. */
async function readNamed(
  wire: Wire,
  address: string | false | undefined,
  feature: string,
): Promise<Service | undefined> {
  if (!address) return undefined
  const features = await featuresOf(wire, address)
  return features.has(feature) ? { address, features } : undefined
}

function companionIn({ address, features }: Service): CompanionService {
  const own = [...features].filter((feature) => feature.startsWith(COMPANION_ANSWERS))
  return { address, answers: new Set(own.map((it) => it.slice(COMPANION_ANSWERS.length))) }
}

async function readServices(wire: Wire): Promise<Service[]> {
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
