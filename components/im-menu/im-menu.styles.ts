import { css } from 'lit'

export const menuStyles = css`
  :host {
    display: contents;
  }

  .menu {
    position: fixed;
    inset: auto;
    inset-block-start: 0;
    inset-inline: 0 auto;
    inline-size: max-content;
    min-inline-size: 10em;
    max-inline-size: min(20em, calc(100vw - 1em));
    max-block-size: calc(100dvh - 1em);
    margin: 0;
    padding: 0.375em;
    overflow: auto;
    overscroll-behavior: contain;
    border: 0;
    border-radius: var(--_radius-large);
    background: var(--_color-surface-raised);
    box-shadow: var(--_shadow);
    color: var(--_color-text);
    font-family: var(--_font-family);
    font-size: 0.875em;
    line-height: var(--_line-height);
    text-align: start;
    cursor: default;
    user-select: none;
    -webkit-touch-callout: none;
  }

  /* Positioned from the left whichever way the text runs: coordinates are the screen's. */
  .menu:popover-open {
    right: auto;
  }

  .item {
    display: flex;
    align-items: center;
    gap: 0.75em;
    inline-size: 100%;
    min-block-size: 2.25em;
    padding: 0.375em 0.75em;
    border: 0;
    border-radius: var(--_radius);
    background: transparent;
    color: inherit;
    font: inherit;
    text-align: start;
    overflow-wrap: anywhere;
    cursor: pointer;
  }

  .item [dir='auto'] {
    flex: 1;
    text-align: -webkit-match-parent;
    text-align: match-parent;
  }

  .item:hover,
  .item:focus-visible {
    background: var(--_color-hover);
  }

  .item:focus {
    outline-offset: -2px;
  }

  .item[data-danger] {
    color: var(--_color-danger);
  }

  .item[aria-disabled='true'] {
    opacity: 0.5;
    cursor: default;
  }

  .symbols {
    display: flex;
    gap: 0.125em;
    margin-block-end: 0.25em;
  }

  .symbol {
    flex: 1;
    justify-content: center;
    min-inline-size: 2.25em;
    padding: 0.25em;
    font-size: 1.25em;
    line-height: 1;
  }

  .symbol[aria-checked='true'] {
    background: var(--_color-selected);
  }

  .icon {
    color: var(--_color-text-quiet);
  }

  .item[data-danger] .icon {
    color: inherit;
  }

  .separator {
    block-size: 1px;
    margin: 0.375em 0.75em;
    background: var(--_color-border);
  }

  @media (forced-colors: active) {
    .menu {
      border: 1px solid CanvasText;
    }

    .item:hover,
    .item:focus {
      outline: 2px solid Highlight;
    }

    .separator {
      background: CanvasText;
    }
  }
`
