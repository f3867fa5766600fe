import { html, nothing, type PropertyValues } from 'lit'
import { state } from 'lit/decorators.js'
import type { IMClient } from '../../src/core/client.js'
import type { Diagnosis, WaitingToSend } from '../../src/core/diagnosis.js'
import { followCourse, type Step } from '../../src/kit/client-course.js'
import { ConnectionStatus } from '../../src/model/connection-status.js'
import { baseStyles, rootStyles } from '../internal/base.styles.js'
import { IMElement } from '../internal/im-element.js'
import { debugPanelStyles } from './im-debug-panel.styles.js'
import { debugWords } from './debug-words.js'

/** What is older is dropped. */
const mostEvents = 200

interface PastStep extends Step {
  time: Date
}

/**
 * What a kit is doing, for the developer of a page: its connection, what waits to be sent, what is
 * stored, and what has happened since it was opened. Shows ids and types, nothing people wrote.
 *
 * @csspart panel - everything
 * @csspart connection - where the connection stands, and whose it is
 * @csspart outbox - what waits to be sent
 * @csspart database - how much is stored
 * @csspart events - what has happened, the newest first
 * @csspart clear - the button that empties the events
 */
export class IMDebugPanel extends IMElement {
  static override styles = [baseStyles, rootStyles, debugPanelStyles]

  @state() private diagnosis?: Diagnosis
  @state() private usage?: number
  @state() private steps: readonly PastStep[] = []

  #client: IMClient | undefined
  #unfollow: (() => void) | undefined
  /** Asks at most once at a time, and once more if something has changed meanwhile. */
  #asking: 'no' | 'yes' | 'again' = 'no'

  override connectedCallback(): void {
    super.connectedCallback()
    this.requestUpdate()
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback()
    this.#unfollow?.()
    this.#client = undefined
  }

  protected override willUpdate(changed: PropertyValues<this>): void {
    super.willUpdate(changed)
    // With the store comes and goes the client. Reading it follows it.
    if (this.isConnected) this.#follow(this.store && this.kit.client)
  }

  protected override render() {
    const words = debugWords(this.kit.lang)
    return html`<div
      class="panel"
      part="panel"
      role="region"
      tabindex="0"
      aria-label=${words.panel}
    >
      ${this.#renderConnection()} ${this.#renderOutbox()} ${this.#renderDatabase()}
      ${this.#renderEvents()}
    </div>`
  }

  #renderConnection() {
    const words = debugWords(this.kit.lang)
    const { store } = this
    const client = this.kit.client
    return html`<section part="connection">
      <h2>${words.connection}</h2>
      ${
        store && client
          ? html`<dl>
              <dt>${words.status}</dt>
              <dd>${ConnectionStatus[store.status.value]}</dd>
              <dt>${words.user}</dt>
              <dd><bdi>${store.userId.value || words.nobody}</bdi></dd>
              <dt>${words.device}</dt>
              <dd>${client.deviceId || nothing}</dd>
              <dt>${words.capabilities}</dt>
              <dd>${[...client.capabilities].join(', ')}</dd>
            </dl>`
          : html`<p>${words.notStarted}</p>`
      }
    </section>`
  }

  #renderOutbox() {
    const words = debugWords(this.kit.lang)
    const { outbox = [], unsentSettings = 0 } = this.diagnosis ?? {}
    return html`<section part="outbox">
      <h2>${words.outbox} (${outbox.length})</h2>
      ${
        outbox.length
          ? html`<ol>
              ${outbox.map((row) => this.#renderWaiting(row))}
            </ol>`
          : html`<p>${words.nothingWaits}</p>`
      }
      ${unsentSettings ? html`<p>${words.unsentSettings}: ${unsentSettings}</p>` : nothing}
    </section>`
  }

  #renderWaiting({
    conversationKey,
    messageUId,
    operation,
    isUploading,
    isRefused,
  }: WaitingToSend) {
    const words = debugWords(this.kit.lang)
    return html`<li>
      ${[operation, messageUId, conversationKey, isUploading && words.uploading]
        .filter(Boolean)
        .join(' · ')}
      ${isRefused ? html`<b class="refused">${words.refused}</b>` : nothing}
    </li>`
  }

  #renderDatabase() {
    const words = debugWords(this.kit.lang)
    const { usage } = this
    return html`<section part="database">
      <h2>${words.database}</h2>
      <dl>
        ${Object.entries(this.diagnosis?.tables ?? {}).map(
          ([name, count]) =>
            html`<dt>${name}</dt>
              <dd>${count.toLocaleString(this.locale)}</dd>`,
        )}
        ${
          usage === undefined
            ? nothing
            : html`<dt>${words.storage}</dt>
                <dd><bdi>${this.words.fileSize(usage)}</bdi></dd>`
        }
      </dl>
    </section>`
  }

  #renderEvents() {
    const words = debugWords(this.kit.lang)
    return html`<section>
      <div class="heading">
        <h2>${words.events}</h2>
        <button type="button" part="clear" @click=${() => (this.steps = [])}>${words.clear}</button>
      </div>
      ${
        this.steps.length
          ? html`<div
              class="events"
              part="events"
              role="group"
              tabindex="0"
              aria-label=${words.events}
            >
              <ol>
                ${this.steps.map((step) => this.#renderStep(step))}
              </ol>
            </div>`
          : html`<p part="events">${words.noEvents}</p>`
      }
    </section>`
  }

  #renderStep({ time, name, text }: PastStep) {
    return html`<li data-name=${name}>
      <time>${time.toLocaleTimeString(this.locale)}</time> <b>${name}</b> ${text}
    </li>`
  }

  #follow(client: IMClient | undefined): void {
    if (client === this.#client) return
    this.#unfollow?.()
    this.#client = client
    this.#unfollow = client && followCourse(client, (step) => this.#happened(step))
    this.diagnosis = undefined
    void this.#look()
  }

  #happened(step: Step): void {
    this.steps = [{ ...step, time: new Date() }, ...this.steps].slice(0, mostEvents)
    void this.#look()
  }

  /** Reads anew what is stored and what waits. */
  async #look(): Promise<void> {
    if (this.#asking !== 'no') {
      this.#asking = 'again'
      return
    }
    do {
      this.#asking = 'yes'
      const client = this.#client
      try {
        const diagnosis = client?.isOpen ? await client.diagnose() : undefined
        const estimate = await navigator.storage?.estimate()
        if (client !== this.#client) continue
        this.diagnosis = diagnosis
        this.usage = estimate?.usage
      } catch (error) {
        // A user who has left while it was asked for leaves nothing to show.
        if (client?.isOpen) this.kit.report(error, 'looking into the database')
      }
    } while ((this.#asking as string) === 'again')
    this.#asking = 'no'
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'im-debug-panel': IMDebugPanel
  }
}
