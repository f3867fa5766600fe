/** A message type of the page's own: what it holds, and how it looks in a bubble. */
import { css, html, LitElement } from 'lit'
import { property } from 'lit/decorators.js'

export const invitationType = 'demo:invitation'

export interface Invitation {
  title: string
  place: string
  /** Unix milliseconds */
  time: number
}

/** The coming Saturday, at half past eight. */
export function nextInvitation(now: Date): Invitation {
  const day = new Date(now)
  day.setDate(day.getDate() + ((6 - day.getDay() + 7) % 7 || 7))
  day.setHours(8, 30, 0, 0)
  return { title: 'Ridge walk', place: 'North gate of the park', time: day.getTime() }
}

export class DemoInvitation extends LitElement {
  static override styles = css`
    :host {
      display: flex;
      align-items: center;
      gap: 0.875em;
      min-inline-size: 14em;
      padding: 0.25em;
    }

    .day {
      display: grid;
      flex: none;
      overflow: hidden;
      inline-size: 3.25em;
      border-radius: 0.5em;
      background: var(--im-color-surface);
      color: var(--im-color-text);
      line-height: 1.3;
      text-align: center;
    }

    .month {
      background: var(--im-color-danger);
      color: var(--im-color-surface);
      font-size: 0.6875em;
      font-weight: 600;
    }

    .date {
      font-size: 1.375em;
      font-weight: 600;
    }

    .title {
      display: block;
      font-weight: 600;
    }

    .detail {
      display: block;
      font-size: 0.875em;
    }
  `

  @property({ attribute: false }) invitation?: Partial<Invitation>

  /** The language of the date, as `Intl` takes it. */
  @property() locale = 'en'

  /** Whoever sends a message decides what is in it: nothing here is taken for granted. */
  protected override render() {
    const { title, place, time } = this.invitation ?? {}
    const date = new Date(Number(time))
    const isDate = !Number.isNaN(date.getTime())
    const part = (options: Intl.DateTimeFormatOptions) =>
      isDate ? date.toLocaleDateString(this.locale, options) : '–'
    return html`<span class="day" aria-hidden="true">
        <span class="month">${part({ month: 'short' })}</span>
        <span class="date">${isDate ? date.getDate() : '–'}</span>
      </span>
      <span>
        <span class="title" dir="auto">${String(title ?? '')}</span>
        <span class="detail">
          ${part({ weekday: 'long', hour: '2-digit', minute: '2-digit' })}
        </span>
        <span class="detail" dir="auto">${String(place ?? '')}</span>
      </span>`
  }
}

customElements.define('demo-invitation', DemoInvitation)
