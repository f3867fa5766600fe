import { css } from 'lit'

/** Dark whatever the theme: pictures are looked at against black. */
export const viewerStyles = css`
  :host {
    display: contents;
  }

  dialog {
    position: fixed;
    inset: 0;
    inline-size: 100vw;
    block-size: 100dvh;
    max-inline-size: none;
    max-block-size: none;
    margin: 0;
    padding: 0;
    overflow: hidden;
    border: 0;
    background: rgb(10 11 13 / 94%);
    color: #f4f5f7;
    color-scheme: dark;
    font-family: var(--_font-family);
    font-size: 1em;
    line-height: var(--_line-height);
  }

  dialog[open] {
    display: grid;
    grid-template: auto 1fr / 1fr;
  }

  dialog::backdrop {
    background: transparent;
  }

  .toolbar {
    z-index: 1;
    display: flex;
    align-items: center;
    gap: 0.25em;
    min-inline-size: 0;
    padding: 0.5em 0.75em;
    background: linear-gradient(rgb(0 0 0 / 55%), transparent);
  }

  .title {
    flex: 1;
    min-inline-size: 0;
    overflow: hidden;
    font-size: 0.875em;
    /* Whatever way the name runs, it starts where the bar does. */
    text-align: -webkit-match-parent;
    text-align: match-parent;
    text-overflow: ellipsis;
    white-space: nowrap;
  }

  .count {
    margin-inline: 0.5em;
    font-size: 0.8125em;
    font-variant-numeric: tabular-nums;
    opacity: 0.8;
  }

  .icon-button {
    color: #f4f5f7;
  }

  .icon-button:hover:not(:disabled) {
    background: rgb(255 255 255 / 16%);
    color: #ffffff;
  }

  :focus-visible {
    outline-color: #ffffff;
  }

  .stage {
    position: relative;
    display: grid;
    place-items: center;
    min-inline-size: 0;
    min-block-size: 0;
    overflow: hidden;
    touch-action: none;
  }

  .picture {
    display: block;
    max-inline-size: 100%;
    max-block-size: 100%;
    object-fit: contain;
    user-select: none;
    transition: opacity var(--_duration);
  }

  .picture[data-enlarged] {
    cursor: grab;
  }

  .picture:not([data-loaded]) {
    position: absolute;
    opacity: 0;
  }

  .thumbnail {
    display: block;
    inline-size: min(60%, 40em);
    max-block-size: 80%;
    object-fit: contain;
    filter: blur(6px);
    opacity: 0.7;
  }

  video {
    display: block;
    max-inline-size: 100%;
    max-block-size: 100%;
    outline-offset: -2px;
  }

  im-spinner {
    position: absolute;
    font-size: 1.75em;
    color: #ffffff;
  }

  .failed {
    display: grid;
    justify-items: center;
    gap: 0.75em;
    padding: 2em;
    font-size: 0.9375em;
    text-align: center;
  }

  .failed .icon {
    inline-size: 2.5em;
    block-size: 2.5em;
    opacity: 0.7;
  }

  .turn {
    position: absolute;
    inset-block-start: calc(50% - 1.5em);
    inline-size: 3em;
    block-size: 3em;
    border-radius: 50%;
    background: rgb(0 0 0 / 45%);
  }

  .previous {
    inset-inline-start: 1em;
  }

  .next {
    inset-inline-end: 1em;
  }

  /* The arrow points to the start of the line. */
  .previous:dir(rtl) .icon,
  .next:dir(ltr) .icon {
    transform: scaleX(-1);
  }

  @media (forced-colors: active) {
    dialog {
      background: Canvas;
      color: CanvasText;
    }

    .icon-button {
      color: ButtonText;
    }
  }
`
