import { css } from 'lit'

export const listStyles = css`
  :host {
    display: flex;
    flex-direction: column;
    block-size: 100%;
    min-block-size: 0;
  }

  .scroller {
    position: relative;
    display: flex;
    flex: 1;
    flex-direction: column;
    min-block-size: 0;
    padding: 0.5em;
    /* What is on screen is held in place by the element itself, in all browsers alike. */
    overflow-anchor: none;
  }

  /* Whole pixels: thousands of rows are counted with. */
  .rows {
    display: grid;
    flex: none;
    grid-auto-rows: max-content;
    align-content: start;
    gap: 0.125em;
    row-gap: round(0.125em, 1px);
  }

  .coming {
    position: absolute;
    inset-inline: 0.5em;
    margin-block-start: 0.5em;
    background-image:
      radial-gradient(circle closest-side, var(--_color-hover) 98%, transparent),
      linear-gradient(
        transparent 1.25em,
        var(--_color-hover) 1.25em 2em,
        transparent 2em 2.5em,
        var(--_color-hover) 2.5em 3em,
        transparent 3em
      );
    background-position:
      0.75em 0,
      4.25em 0;
    background-size:
      2.75em var(--_row-size),
      50% var(--_row-size);
    background-repeat: repeat-y;
    pointer-events: none;
    animation: appear 200ms 150ms backwards;
  }

  .rows:focus-visible {
    outline: none;
  }

  /* Unobtrusive: a connection that is made at once is not worth a word. */
  .banner {
    display: flex;
    flex: none;
    align-items: center;
    gap: 0.5em;
    overflow: hidden;
    padding-block: 0.5em;
    padding-inline: 1em;
    background: var(--_color-notice);
    color: var(--_color-on-notice);
    font-size: 0.8125em;
    animation: unfold 200ms 1s backwards;
  }

  .banner[data-trying] {
    background: var(--_color-surface-sunken);
    color: var(--_color-text-quiet);
  }

  .banner im-spinner,
  .banner .icon {
    inline-size: 1.125em;
    block-size: 1.125em;
    color: inherit;
  }

  @keyframes unfold {
    from {
      max-block-size: 0;
      padding-block: 0;
    }

    to {
      max-block-size: 4em;
    }
  }

  .message {
    display: grid;
    flex: 1;
    align-content: center;
    justify-items: center;
    gap: 0.75em;
    padding: 2em 1.5em;
    color: var(--_color-text-quiet);
    font-size: 0.875em;
    text-align: center;
  }

  .message .icon {
    inline-size: 2.5em;
    block-size: 2.5em;
    opacity: 0.7;
    stroke-width: 1.25;
  }

  .end {
    display: grid;
    flex: none;
    place-items: center;
    min-block-size: 3em;
    font-size: 0.8125em;
  }

  /* What is loaded fast shows no skeleton. */
  .skeleton {
    display: grid;
    gap: 0.125em;
    animation: appear 200ms 150ms backwards;
  }

  .bone-row {
    display: grid;
    grid-template-columns: auto 1fr;
    align-items: center;
    gap: 0.5em 0.75em;
    block-size: 4.25em;
    padding-inline: 0.75em;
  }

  .bone {
    block-size: 0.75em;
    border-radius: 0.375em;
    background: var(--_color-hover);
    animation: breathe 1.6s ease-in-out infinite alternate;
  }

  .bone.avatar {
    grid-row: span 2;
    inline-size: 2.75em;
    block-size: 2.75em;
    border-radius: var(--_radius-avatar);
  }

  .bone.name {
    inline-size: 40%;
    align-self: end;
  }

  .bone.preview {
    inline-size: 75%;
    align-self: start;
  }

  .bone-row:nth-child(even) .bone.name {
    inline-size: 28%;
  }

  .bone-row:nth-child(3n) .bone.preview {
    inline-size: 55%;
  }

  @keyframes breathe {
    to {
      opacity: 0.5;
    }
  }

  @keyframes appear {
    from {
      opacity: 0;
    }
  }

  @media (forced-colors: active) {
    .banner {
      border-block-end: 1px solid CanvasText;
    }

    .bone {
      background: GrayText;
    }
  }
`
