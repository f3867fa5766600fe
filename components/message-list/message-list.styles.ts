import { css } from 'lit'

/** The list around the rows. */
export const messageListStyles = css`
  :host {
    position: relative;
    display: flex;
    flex-direction: column;
    block-size: 100%;
    min-block-size: 0;
    background: var(--_color-surface-sunken);
    container-type: inline-size;
  }

  .view {
    position: relative;
    flex: 1;
    min-block-size: 0;
  }

  .scroller {
    position: absolute;
    inset: 0;
    overflow-x: hidden;
    /* Done by scroll-anchor.ts, the same in all browsers. */
    overflow-anchor: none;
  }

  .content {
    display: flex;
    flex-direction: column;
    justify-content: flex-end;
    min-block-size: 100%;
    padding-block: 0.5em 0.75em;
  }

  .rows {
    position: relative;
  }

  /* Kept for its focus while it is out of sight: it takes no room. */
  [data-apart] {
    position: absolute;
    inset-block-start: 0;
    inset-inline: 0;
    opacity: 0;
    pointer-events: none;
  }

  .older {
    display: grid;
    place-items: center;
    min-block-size: 3em;
    margin-block-end: auto;
    padding-inline: 1em;
    color: var(--_color-text-quiet);
    font-size: 0.8125em;
    text-align: center;
  }

  .newer {
    block-size: 1px;
  }

  .time {
    padding: 0.875em 1em 0.25em;
    color: var(--_color-text-quiet);
    font-size: 0.75em;
    text-align: center;
  }

  .unread {
    display: flex;
    align-items: center;
    gap: 0.75em;
    padding: 0.75em 1em 0.25em;
    color: var(--_color-accent-text);
    font-size: 0.8125em;
  }

  .unread::before,
  .unread::after {
    content: '';
    flex: 1;
    block-size: 1px;
    background: currentColor;
    opacity: 0.35;
  }

  .typing {
    display: flex;
    align-items: center;
    gap: 0.5em;
    padding: 0.5em 1em 0;
    color: var(--_color-text-quiet);
    font-size: 0.8125em;
  }

  .dots {
    display: inline-flex;
    gap: 0.1875em;
  }

  .dots i {
    inline-size: 0.3125em;
    block-size: 0.3125em;
    border-radius: 50%;
    background: currentColor;
    animation: dot 1.2s infinite ease-in-out;
  }

  .dots i:nth-child(2) {
    animation-delay: 0.15s;
  }

  .dots i:nth-child(3) {
    animation-delay: 0.3s;
  }

  @keyframes dot {
    0%,
    60%,
    100% {
      opacity: 0.35;
    }

    30% {
      opacity: 1;
    }
  }

  .place {
    position: absolute;
    inset: 0;
    display: grid;
    place-content: center;
    justify-items: center;
    gap: 0.75em;
    padding: 2em;
    color: var(--_color-text-quiet);
    text-align: center;
  }

  .place .icon {
    inline-size: 3em;
    block-size: 3em;
    opacity: 0.5;
  }

  .skeleton {
    position: absolute;
    inset: 0;
    display: flex;
    flex-direction: column;
    justify-content: flex-end;
    gap: 0.75em;
    padding: 1em;
    overflow: hidden;
  }

  .skeleton span {
    block-size: 2.5em;
    border-radius: var(--_radius-bubble);
    background: var(--_color-hover);
    animation: breathe 1.6s infinite ease-in-out;
  }

  .skeleton span:nth-child(odd) {
    align-self: flex-start;
  }

  .skeleton span:nth-child(even) {
    align-self: flex-end;
  }

  @keyframes breathe {
    50% {
      opacity: 0.5;
    }
  }

  .jump {
    position: absolute;
    inset-inline-end: 1em;
    z-index: 1;
    display: flex;
    align-items: center;
    gap: 0.375em;
    min-block-size: 2.25em;
    padding: 0.25em 0.75em;
    border: 0;
    border-radius: 1.125em;
    background: var(--_color-surface-raised);
    box-shadow: var(--_shadow);
    color: var(--_color-accent-text);
    font-size: 0.875em;
    cursor: pointer;
  }

  .jump:hover {
    color: var(--_color-text);
  }

  .jump .icon {
    inline-size: 1.125em;
    block-size: 1.125em;
  }

  .to-newest {
    inset-block-end: 0.75em;
  }

  .to-unread {
    inset-block-start: 0.75em;
  }

  .to-unread .icon {
    transform: scaleY(-1);
  }

  .told {
    position: absolute;
    inset-block-end: 1.25em;
    inset-inline: 4em;
    z-index: 2;
    inline-size: fit-content;
    max-inline-size: calc(100% - 8em);
    margin-inline: auto;
    padding: 0.5em 1em;
    border-radius: var(--_radius-large);
    background: var(--_color-text);
    color: var(--_color-surface);
    font-size: 0.875em;
    text-align: center;
    pointer-events: none;
  }

  .choices {
    display: flex;
    flex-wrap: wrap;
    align-items: center;
    gap: 0.25em;
    padding: 0.5em 0.75em;
    border-block-start: 1px solid var(--_color-border);
    background: var(--_color-surface);
  }

  .choices .count {
    flex: 1;
    min-inline-size: 4em;
    color: var(--_color-text-quiet);
    font-size: 0.875em;
  }

  .choice {
    display: inline-flex;
    align-items: center;
    gap: 0.375em;
    padding: 0.375em 0.625em;
    border: 0;
    border-radius: var(--_radius);
    background: none;
    color: var(--_color-text);
    font-size: 0.875em;
    cursor: pointer;
  }

  .choice:hover:not(:disabled) {
    background: var(--_color-hover);
  }

  .choice:disabled {
    opacity: 0.45;
    cursor: default;
  }

  .choice[data-danger] {
    color: var(--_color-danger);
  }

  /* On a phone the words stand below their pictures, in one line. */
  @container (inline-size < 32em) {
    .choices {
      flex-wrap: nowrap;
      gap: 0;
      padding: 0.375em;
    }

    .choices .count {
      flex: 1 1 0;
      min-inline-size: 0;
      padding-inline-start: 0.5em;
    }

    .choice {
      flex-direction: column;
      gap: 0.125em;
      padding: 0.375em;
      font-size: 0.75em;
    }

    .choices .icon-button {
      flex: none;
    }
  }

  @media (forced-colors: active) {
    .jump,
    .told {
      border: 1px solid CanvasText;
    }

    .unread::before,
    .unread::after,
    .dots i {
      background: CanvasText;
      forced-color-adjust: none;
    }
  }
`
