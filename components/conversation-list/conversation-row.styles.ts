import { css } from 'lit'

export const rowStyles = css`
  :host {
    position: relative;
    display: grid;
    grid-template-columns: auto minmax(0, 1fr);
    align-items: center;
    gap: 0.75em;
    box-sizing: border-box;
    /* Of one height, in whole pixels: the list counts with it. */
    block-size: round(4.25em, 1px);
    overflow: hidden;
    contain: layout paint style;
    padding-block: 0.5em;
    padding-inline: 0.75em;
    border-radius: var(--_radius);
    cursor: pointer;
    user-select: none;
    -webkit-touch-callout: none;
    transition: background-color var(--_duration);
  }

  :host([data-menu]) {
    background: var(--_color-hover);
  }

  /* A finger leaves no trace on what it has tapped. */
  @media (hover: hover) {
    :host(:hover) {
      background: var(--_color-hover);
    }
  }

  :host([selected]) {
    background: var(--_color-selected);
  }

  .picture {
    position: relative;
    display: grid;
  }

  .online {
    position: absolute;
    inset-block-end: 0;
    inset-inline-end: 0;
    inline-size: 0.6875em;
    block-size: 0.6875em;
    border: 2px solid var(--_color-surface);
    border-radius: 50%;
    background: var(--_color-online);
  }

  .lines {
    display: grid;
    gap: 0.125em;
    min-inline-size: 0;
  }

  .line {
    display: flex;
    align-items: center;
    gap: 0.5em;
    min-inline-size: 0;
  }

  .name {
    flex: 1;
    min-inline-size: 0;
    overflow: hidden;
    font-size: 0.9375em;
    font-weight: 550;
    line-height: 1.4;
    text-overflow: ellipsis;
    white-space: nowrap;
  }

  .time {
    flex: none;
    color: var(--_color-text-quiet);
    font-size: 0.75em;
    font-variant-numeric: tabular-nums;
    white-space: nowrap;
  }

  .preview {
    display: flex;
    flex: 1;
    align-items: center;
    gap: 0.25em;
    min-inline-size: 0;
    overflow: hidden;
    block-size: 1.6em;
    color: var(--_color-text-quiet);
    font-size: 0.8125em;
    line-height: 1.6;
  }

  .digest {
    flex: 1;
    min-inline-size: 0;
    overflow: hidden;
    text-overflow: ellipsis;
    white-space: nowrap;
  }

  .digest > * {
    display: inline;
  }

  /* Whatever way a text runs, its place is where the list's lines start. */
  .name,
  .digest {
    text-align: -webkit-match-parent;
    text-align: match-parent;
  }

  .marker {
    overflow: hidden;
    color: var(--_color-danger);
    text-overflow: ellipsis;
    white-space: nowrap;
  }

  .typing {
    color: var(--_color-accent-text);
  }

  .icon {
    inline-size: 1.125em;
    block-size: 1.125em;
  }

  .state {
    flex: none;
    color: var(--_color-text-quiet);
  }

  .state[data-state='read'] {
    color: var(--_color-accent-text);
  }

  .state[data-state='failed'] {
    color: var(--_color-danger);
  }

  .flag {
    flex: none;
    margin-inline-end: -0.25em;
    color: var(--_color-text-quiet);
    font-size: 0.8125em;
  }

  .badge {
    flex: none;
    min-inline-size: 1.6364em;
    padding-inline: 0.4545em;
    border-radius: 1em;
    background: var(--_color-badge);
    color: var(--_color-on-badge);
    font-size: 0.6875em;
    font-weight: 600;
    font-variant-numeric: tabular-nums;
    line-height: 1.6364;
    text-align: center;
  }

  .badge[data-muted] {
    background: var(--_color-badge-muted);
    color: var(--_color-on-badge-muted);
  }

  .dot {
    flex: none;
    inline-size: 0.5em;
    block-size: 0.5em;
    margin-inline: 0.25em;
    border-radius: 50%;
    background: var(--_color-badge);
  }

  @media (forced-colors: active) {
    .online {
      forced-color-adjust: none;
    }

    :host([selected]) {
      outline: 2px solid Highlight;
      outline-offset: -4px;
    }

    .badge,
    .dot {
      background: CanvasText;
      color: Canvas;
      forced-color-adjust: none;
    }
  }
`
