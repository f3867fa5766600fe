import { css } from 'lit'

export const forwardDialogStyles = css`
  :host {
    display: contents;
  }

  .search {
    position: relative;
    display: flex;
    align-items: center;
    margin-block-end: 0.75em;
    color: var(--_color-text-quiet);
  }

  .search .icon {
    position: absolute;
    inset-inline-start: 0.625em;
    pointer-events: none;
  }

  .search input {
    inline-size: 100%;
    padding: 0.5em 0.75em;
    padding-inline-start: 2.375em;
    border: 1px solid var(--_color-border);
    border-radius: var(--_radius);
    background: var(--_color-surface-sunken);
    color: var(--_color-text);
    font: inherit;
  }

  .search input::placeholder {
    color: var(--_color-text-quiet);
    opacity: 1;
  }

  /* As high with nothing in it, so that the dialog keeps its size while one searches. */
  ul,
  .none {
    block-size: min(22em, 50dvh);
  }

  ul {
    margin: 0;
    margin-inline: -0.5em;
    padding: 0;
    overflow: auto;
    overscroll-behavior: contain;
    list-style: none;
    scrollbar-width: thin;
    scrollbar-color: var(--_color-scrollbar) transparent;
  }

  label {
    display: flex;
    align-items: center;
    gap: 0.75em;
    min-block-size: 3.25em;
    padding: 0.375em 0.5em;
    border-radius: var(--_radius);
    cursor: pointer;
  }

  label:hover {
    background: var(--_color-hover);
  }

  label:has(:checked) {
    background: var(--_color-selected);
  }

  label:has(:focus-visible) {
    outline: 2px solid var(--_color-focus);
    outline-offset: -2px;
  }

  label input {
    flex: none;
    inline-size: 1.125em;
    block-size: 1.125em;
    margin: 0;
    accent-color: var(--_color-accent);
  }

  label input:focus-visible {
    outline: none;
  }

  im-avatar {
    --im-avatar-size: 2.25em;
  }

  .name {
    flex: 1;
    min-inline-size: 0;
    overflow: hidden;
    /* Whatever way it runs, it starts beside the picture. */
    text-align: -webkit-match-parent;
    text-align: match-parent;
    text-overflow: ellipsis;
    white-space: nowrap;
  }

  .none {
    display: grid;
    place-content: center;
    color: var(--_color-text-quiet);
  }

  .more {
    inline-size: 100%;
    padding: 0.625em;
    border: 0;
    background: transparent;
    color: var(--_color-accent-text);
    font: inherit;
    cursor: pointer;
  }

  .count {
    flex: 1;
    align-self: center;
    color: var(--_color-text-quiet);
    font-size: 0.875em;
  }

  .count[data-full] {
    color: var(--_color-danger);
  }

  @media (forced-colors: active) {
    label:has(:checked) {
      outline: 1px solid Highlight;
      outline-offset: -1px;
    }
  }
`
