/**
 * The user's key-value store: a private node with an entry for each key.
 *
 * A node keeps what was written last, whatever number it carries, and all sessions have to agree on
 * who won. So a writer looks first and takes a higher number than what is there. Where two write at
 * once, the one with the higher number hears of the lower one, which may lie over its own by then,
 * and writes again. Where both have taken the same number, the names of the sessions decide which of
 * them takes a higher one.
 */
import { ErrorCode, invalidParameter } from '../../model/errors.js'
import type { Setting, SyncedSettings } from '../backend.js'
import { jsonText, parsedJson } from './json-text.js'
import { PrivateNode, type NodeEntry } from './private-node.js'
import { errorFrom } from './stanza-error.js'
import { xml, type Wire } from './wire.js'

const NODE = 'urn:imkit:settings:0'
const NS = 'urn:imkit:0'

/**
 * Milliseconds. Numbers are times by the server's clock as the writers read it off, so that a change
 * may carry a slightly lower number than an earlier one of another key.
 */
const CLOCK_TOLERANCE = 10 * 60 * 1000

/** Settings behind a place, and the place behind them. */
export interface SettingsSince {
  settings: Setting[]
  /** To be given to the next `since`; 0: there are none at all. */
  place: number
}

export class XmppSettings implements SyncedSettings {
  #node: PrivateNode
  /** The highest number of each key this session has heard of. */
  #versions = new Map<string, number>()
  /** What this session has written, until it hears of something newer. */
  #own = new Map<string, Setting>()
  #lastVersion = 0
  #place = 0

  /**
   * @param changed called for what any of the user's sessions has set, this one included
   * @param session what names this one in what it writes: anything that no other has
   */
  constructor(
    private readonly wire: Wire,
    private readonly changed: (settings: Setting[]) => void,
    private readonly session: string = crypto.randomUUID(),
  ) {
    this.#node = new PrivateNode(wire, NODE, (entry) => this.#heard(entry))
  }

  /** The highest number this session knows of. */
  get place(): number {
    return this.#place
  }

  close(): void {
    this.#node.close()
  }

  /** @throws IMError 33003 without a key; 26002 when the server refuses it */
  async set(key: string, value: unknown): Promise<Setting> {
    if (typeof key !== 'string' || key === '') throw invalidParameter('A setting needs a key.')
    const kept: unknown = JSON.parse(JSON.stringify(value ?? null))
    try {
      const id = jsonText(key)
      const payload = await this.#node.read(id)
      if (payload) this.#note({ id, payload })
      const setting = { key, value: kept, version: this.#nextVersion(key) }
      this.#own.set(key, setting)
      await this.#write(setting)
      return setting
    } catch (error) {
      throw errorFrom(error, ErrorCode.USER_SETTING_SYNCED_ERROR)
    }
  }

  /**
   * What changed since a place, and maybe a little more; with none, everything that is set. Changes
   * from now on are told.
   */
  async since(place: number | undefined): Promise<SettingsSince> {
    try {
      const all = (await this.#node.readAll()).flatMap((entry) => this.#note(entry) ?? [])
      const isNews =
        place === undefined
          ? ({ value }: Setting) => value !== null
          : ({ version }: Setting) => version > place - CLOCK_TOLERANCE
      return { settings: all.filter(isNews), place: this.#place }
    } catch (error) {
      throw errorFrom(error, ErrorCode.USER_SETTING_SYNCED_ERROR)
    }
  }

  #nextVersion(key: string): number {
    const now = Math.floor(this.wire.serverTime())
    const known = this.#versions.get(key) ?? 0
    this.#lastVersion = Math.max(now, known + 1, this.#lastVersion + 1)
    return this.#lastVersion
  }

  #write({ key, value, version }: Setting): Promise<void> {
    const payload = xml('setting', { xmlns: NS, version, by: this.session }, jsonText(value))
    return this.#node.write(jsonText(key), payload)
  }

  #heard(entry: NodeEntry): void {
    const setting = this.#note(entry)
    if (!setting) return
    this.changed([setting])
    const own = this.#own.get(setting.key)
    if (!own || entry.payload.attrs.by === this.session) return
    if (own.version < setting.version) this.#own.delete(setting.key)
    else if (own.version > setting.version) this.#writeAgain(own)
    else if (this.session > (entry.payload.attrs.by ?? '')) {
      this.#writeAgain({ ...own, version: this.#nextVersion(own.key) })
    }
  }

  #writeAgain(own: Setting): void {
    this.#own.set(own.key, own)
    void this.#write(own).catch(leaveToTheNextWriter)
  }

  /** The setting an entry holds; undefined for what is none. */
  #note({ id, payload }: NodeEntry): Setting | undefined {
    const key = parsedJson(id)
    const version = Number(payload.attrs.version)
    const value = parsedJson(payload.getText())
    const isSetting = payload.is('setting', NS) && Number.isSafeInteger(version)
    if (!isSetting || typeof key !== 'string' || value === undefined) return undefined
    this.#versions.set(key, Math.max(this.#versions.get(key) ?? 0, version))
    this.#place = Math.max(this.#place, version)
    return { key, value, version }
  }
}

/** The line is gone. This device has the newer value; whoever sets the key next settles it. */
function leaveToTheNextWriter(): void {}
