import { css } from 'lit'

export const messageEditorStyles = css`
  :host {
    --_text-size: var(--im-font-size, 16px);
    /* Popups and the marks of the focus reach over the edge. */
    overflow: visible;
  }

  .editor {
    position: relative;
    display: flex;
    flex-direction: column;
    padding: 0.625em 0.75em 0.5em;
    border-block-start: 1px solid var(--_color-border);
  }

  /* The text field */

  .field {
    display: grid;
    max-block-size: var(--im-editor-max-height, 10.5em);
    overflow: auto;
    overscroll-behavior: contain;
    scrollbar-width: thin;
    scrollbar-color: var(--_color-scrollbar) transparent;
    border: 1px solid var(--_color-border);
    border-radius: var(--_radius);
    background: var(--_color-surface-sunken);
    font-size: var(--_text-size);
  }

  /* Border and outline are one line of two pixels: a field that is written into has no need to shout. */
  .field:has(:focus-visible) {
    border-color: var(--_color-focus);
    outline: 1px solid var(--_color-focus);
    outline-offset: 0;
  }

  /* One on the other, with the very same letters in the very same places. */
  .mirror,
  textarea {
    grid-area: 1 / 1;
    min-block-size: var(--im-editor-min-height, 1.5em);
    margin: 0;
    padding: 0.3125em 0.625em;
    border: 0;
    font-family: inherit;
    font-size: inherit;
    line-height: inherit;
    letter-spacing: inherit;
    white-space: pre-wrap;
    overflow-wrap: anywhere;
    text-align: start;
    unicode-bidi: plaintext;
  }

  .mirror {
    color: transparent;
    pointer-events: none;
    user-select: none;
  }

  .mention {
    border-radius: var(--_radius-small);
    background: color-mix(in srgb, var(--_color-accent) 20%, transparent);
  }

  textarea {
    position: relative;
    inline-size: 100%;
    block-size: 100%;
    overflow: hidden;
    background: transparent;
    color: inherit;
    resize: none;
  }

  /* The box around it shows the focus. */
  textarea:focus-visible {
    outline: none;
  }

  textarea::placeholder {
    color: var(--_color-text-quiet);
    opacity: 1;
  }

  textarea:disabled {
    cursor: not-allowed;
  }

  /* The buttons */

  .bar {
    display: flex;
    align-items: center;
    gap: 0.5em;
    padding-block-start: 0.375em;
  }

  .toolbar {
    display: flex;
    flex: 1;
    flex-wrap: wrap;
    align-items: center;
    gap: 0.125em;
    min-inline-size: 0;
    margin-inline-start: -0.375em;
  }

  .send {
    flex: none;
    min-block-size: 2.125em;
    padding: 0.25em 1.25em;
    border: 0;
    border-radius: var(--_radius);
    background: var(--_color-accent);
    color: var(--_color-on-accent);
    font: inherit;
    font-weight: 500;
    cursor: pointer;
    transition: filter var(--_duration);
  }

  .send:hover:not(:disabled) {
    filter: brightness(1.08);
  }

  .send:focus-visible {
    outline-offset: 2px;
  }

  .send:disabled {
    background: var(--_color-badge-muted);
    color: var(--_color-text-quiet);
    cursor: default;
  }

  /* What is quoted, what waits, what went wrong */

  .quote,
  .notice {
    display: flex;
    align-items: center;
    gap: 0.5em;
    margin-block-end: 0.5em;
    padding-inline-start: 0.75em;
    border-radius: var(--_radius);
    font-size: 0.875em;
  }

  .quote {
    border-inline-start: 3px solid var(--_color-accent);
    background: var(--_color-surface-sunken);
  }

  .quote-text {
    display: flex;
    flex: 1;
    flex-direction: column;
    min-inline-size: 0;
    padding-block: 0.25em;
  }

  .quote-name {
    color: var(--_color-accent-text);
    font-weight: 500;
  }

  .quote-name,
  .quote-digest,
  .attachment-name,
  .mention-name {
    overflow: hidden;
    text-overflow: ellipsis;
    white-space: nowrap;
  }

  .quote-digest {
    color: var(--_color-text-quiet);
  }

  .notice {
    margin-block: 0.5em 0.25em;
    background: var(--_color-notice);
    color: var(--_color-on-notice);
  }

  .notice span {
    flex: 1;
    min-inline-size: 0;
    padding-block: 0.25em;
  }

  .notice .icon-button {
    color: inherit;
  }

  .tray {
    display: flex;
    flex-wrap: wrap;
    gap: 0.5em;
    max-block-size: 12em;
    margin: 0;
    padding: 0 0 0.5em;
    overflow: auto;
    list-style: none;
    scrollbar-width: thin;
    scrollbar-color: var(--_color-scrollbar) transparent;
  }

  .attachment {
    display: flex;
    align-items: center;
    gap: 0.5em;
    max-inline-size: min(100%, 16em);
    padding: 0.25em;
    border: 1px solid var(--_color-border);
    border-radius: var(--_radius);
    background: var(--_color-surface-sunken);
    font-size: 0.8125em;
    line-height: 1.35;
  }

  .attachment-picture {
    position: relative;
    display: grid;
    flex: none;
    place-items: center;
    inline-size: 3em;
    block-size: 3em;
    overflow: hidden;
    border-radius: var(--_radius-small);
    background: var(--_color-hover);
    color: var(--_color-text-quiet);
  }

  .attachment-picture img {
    inline-size: 100%;
    block-size: 100%;
    object-fit: cover;
  }

  .attachment-play {
    position: absolute;
    inset: 0;
    display: grid;
    place-items: center;
    background: rgb(0 0 0 / 30%);
    color: #ffffff;
  }

  .attachment-text {
    display: flex;
    flex-direction: column;
    min-inline-size: 0;
  }

  .attachment-size {
    color: var(--_color-text-quiet);
  }

  .attachment-remove {
    flex: none;
    inline-size: 2em;
    block-size: 2em;
  }

  .drop-zone {
    position: absolute;
    inset: 0.25em;
    z-index: 1;
    display: grid;
    place-items: center;
    border: 2px dashed var(--_color-accent);
    border-radius: var(--_radius-large);
    background: var(--_color-surface);
    color: var(--_color-accent-text);
    font-weight: 500;
    pointer-events: none;
  }

  /* What opens beside it */

  .mention-popup,
  .emoji-popup {
    position: fixed;
    inset: auto;
    top: 0;
    left: 0;
    margin: 0;
    padding: 0;
    overflow: hidden;
    border: 0;
    border-radius: var(--_radius-large);
    background: var(--_color-surface-raised);
    box-shadow: var(--_shadow);
    color: var(--_color-text);
    text-align: start;
  }

  .mention-popup {
    inline-size: 18em;
    max-inline-size: calc(100vw - 1em);
    font-size: var(--_text-size);
  }

  .mention-popup:popover-open {
    display: flex;
  }

  .emoji-popup {
    max-inline-size: calc(100vw - 1em);
  }

  .emoji-failure {
    margin: 0;
    padding: 1em;
  }

  .mentions {
    flex: 1;
    min-inline-size: 0;
    max-block-size: 16em;
    padding: 0.25em;
    overflow: auto;
    overscroll-behavior: contain;
    scrollbar-width: thin;
    scrollbar-color: var(--_color-scrollbar) transparent;
  }

  .mention-option {
    --im-avatar-size: 1.75em;
    display: flex;
    align-items: center;
    gap: 0.625em;
    padding: 0.3125em 0.5em;
    border-radius: var(--_radius);
    cursor: pointer;
  }

  .mention-option[aria-selected='true'] {
    background: var(--_color-selected);
  }

  .mention-everyone {
    display: grid;
    flex: none;
    place-items: center;
    inline-size: 1.75em;
    block-size: 1.75em;
    border-radius: var(--_radius-avatar);
    background: var(--_color-badge-muted);
    color: var(--_color-on-badge-muted);
  }

  .mention-name {
    flex: 0 1 auto;
    min-inline-size: 0;
  }

  .mention-id {
    flex: 1 1 0;
    min-inline-size: 3em;
    overflow: hidden;
    color: var(--_color-text-quiet);
    font-size: 0.8125em;
    text-overflow: ellipsis;
    white-space: nowrap;
  }

  @media (forced-colors: active) {
    .mirror {
      visibility: hidden;
    }

    .field:has(:focus-visible) {
      outline-width: 2px;
    }

    .send,
    .mention-popup,
    .emoji-popup {
      border: 1px solid CanvasText;
    }

    .send {
      forced-color-adjust: none;
    }

    .send:disabled {
      border-color: GrayText;
      color: GrayText;
    }

    .mention-option[aria-selected='true'] {
      outline: 2px solid Highlight;
      outline-offset: -2px;
    }
  }
`
