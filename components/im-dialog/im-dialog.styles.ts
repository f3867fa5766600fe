import { css } from 'lit'

export const dialogStyles = css`
  :host {
    display: contents;
  }

  dialog {
    inline-size: var(--im-dialog-width, 26em);
    max-inline-size: calc(100vw - 2em);
    max-block-size: calc(100dvh - 2em);
    margin: auto;
    padding: 0;
    overflow: hidden;
    border: 0;
    border-radius: var(--_radius-large);
    background: var(--_color-surface-raised);
    box-shadow: var(--_shadow);
    color: var(--_color-text);
    font-family: var(--_font-family);
    font-size: 1em;
    line-height: var(--_line-height);
    text-align: start;
    overflow-wrap: anywhere;
  }

  dialog[open] {
    display: flex;
    flex-direction: column;
  }

  dialog::backdrop {
    background: var(--_color-backdrop);
  }

  .header {
    display: flex;
    align-items: center;
    gap: 0.5em;
    padding-block: 0.75em 0.5em;
    padding-inline: 1.25em 0.75em;
  }

  .title {
    flex: 1;
    min-inline-size: 0;
    margin: 0;
    font-size: 1em;
    font-weight: 600;
    text-align: -webkit-match-parent;
    text-align: match-parent;
  }

  .body {
    flex: 1;
    min-block-size: 0;
    padding: 0.5em 1.25em 1.25em;
    overflow: auto;
    overscroll-behavior: contain;
    scrollbar-width: thin;
    scrollbar-color: var(--_color-scrollbar) transparent;
  }

  .footer {
    display: flex;
    flex-wrap: wrap;
    justify-content: flex-end;
    gap: 0.5em;
    padding: 0.75em 1.25em;
    border-block-start: 1px solid var(--_color-border);
  }

  .footer:not([data-filled]) {
    display: none;
  }

  @media (forced-colors: active) {
    dialog {
      border: 1px solid CanvasText;
    }
  }
`
