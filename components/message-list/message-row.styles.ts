import { css } from 'lit'

/** Rows: who wrote it, the bubble, what stands around it. */
export const messageRowStyles = css`
  im-message-row {
    position: relative;
    display: flex;
    gap: 0.625em;
    padding: 0.0625em 1em;
    border-radius: var(--_radius);
  }

  im-message-row[data-first] {
    padding-block-start: 0.625em;
  }

  im-message-row:focus-visible {
    outline-offset: -1px;
  }

  im-message-row[data-chosen] {
    background: var(--_color-selected);
  }

  im-message-row[data-choosing] {
    cursor: pointer;
  }

  .avatar {
    flex: none;
    inline-size: 2.25em;
    --im-avatar-size: 2.25em;
  }

  .choose {
    flex: none;
    align-self: center;
    inline-size: 1.125em;
    block-size: 1.125em;
    margin: 0;
    accent-color: var(--_color-accent);
    cursor: pointer;
  }

  .body {
    display: flex;
    flex-direction: column;
    align-items: flex-start;
    min-inline-size: 0;
    max-inline-size: min(76%, 38em);
  }

  im-message-row[data-own] .body {
    align-items: flex-end;
    margin-inline-start: auto;
  }

  .name {
    max-inline-size: 100%;
    margin-block-end: 0.125em;
    overflow: hidden;
    color: var(--_color-text-quiet);
    font-size: 0.8125em;
    text-align: -webkit-match-parent;
    text-align: match-parent;
    text-overflow: ellipsis;
    white-space: nowrap;
  }

  .line {
    position: relative;
    display: flex;
    align-items: center;
    gap: 0.375em;
    max-inline-size: 100%;
  }

  im-message-row[data-own] .line {
    flex-direction: row-reverse;
  }

  im-message-row[data-own] .bubble {
    --_bubble: var(--_color-bubble-out);
    --_on-bubble: var(--_color-on-bubble-out);
  }

  im-message-row[data-first]:not([data-own]) .bubble {
    border-start-start-radius: 0.1875em;
  }

  im-message-row[data-first][data-own] .bubble {
    border-start-end-radius: 0.1875em;
  }

  im-message-row[data-highlighted] .bubble {
    animation: highlight 1600ms ease-out;
  }

  @keyframes highlight {
    from {
      box-shadow: 0 0 0 0.25em color-mix(in srgb, var(--_color-accent) 65%, transparent);
    }
  }

  .reactions {
    display: flex;
    flex-wrap: wrap;
    gap: 0.25em;
    margin-block: 0.25em 0.125em;
  }

  .reaction {
    display: inline-flex;
    align-items: center;
    gap: 0.375em;
    min-block-size: 1.75em;
    padding: 0 0.5em;
    border: 1px solid var(--_color-border);
    border-radius: 1em;
    background: var(--_color-surface);
    color: var(--_color-text);
    font: inherit;
    font-size: 0.875em;
    cursor: pointer;
  }

  .reaction .count {
    color: var(--_color-text-quiet);
    font-size: 0.857em;
  }

  .reaction[aria-pressed='true'] {
    border-color: var(--_color-accent);
    background: var(--_color-selected);
  }

  .reaction[aria-pressed='true'] .count {
    color: var(--_color-accent-text);
  }

  .reaction[aria-disabled='true'] {
    cursor: default;
  }

  .meta {
    display: inline-flex;
    align-items: center;
    gap: 0.25em;
    color: color-mix(in srgb, var(--_on-bubble) 72%, var(--_bubble));
    font-size: 0.734em;
    line-height: 1.25;
    white-space: nowrap;
    user-select: none;
  }

  .text .meta {
    float: inline-end;
    margin-block-start: 0.625em;
    margin-inline-start: 0.875em;
  }

  .text[data-large] .meta {
    display: flex;
    float: none;
    justify-content: flex-end;
    margin: 0;
    font-size: 0.326em;
  }

  .bubble[data-shape='card'] > .meta {
    display: flex;
    justify-content: flex-end;
    padding: 0 1em 0.625em;
  }

  .bubble[data-shape='picture'] > .meta {
    position: absolute;
    inset-block-end: 0.5em;
    inset-inline-end: 0.5em;
    padding: 0.1875em 0.5em;
    border-radius: 1em;
    background: rgb(0 0 0 / 60%);
    color: #ffffff;
    pointer-events: none;
  }

  .status .icon {
    inline-size: 1.3em;
    block-size: 1.3em;
  }

  .status[data-read] {
    color: var(--_color-accent-text);
  }

  .bubble[data-shape='picture'] .status[data-read] {
    color: #8fb6ff;
  }

  .custom {
    padding: 0.5em 0.75em;
    overflow-wrap: anywhere;
  }

  .upload {
    display: flex;
    align-items: center;
    gap: 0.375em;
    padding: 0 0.5em 0.375em 0.75em;
  }

  .upload progress {
    flex: 1;
    min-inline-size: 4em;
    block-size: 0.3125em;
    overflow: hidden;
    appearance: none;
    border: 0;
    border-radius: 1em;
    background: color-mix(in srgb, var(--_on-bubble) 18%, transparent);
  }

  .upload progress::-webkit-progress-bar {
    background: none;
  }

  .upload progress::-webkit-progress-value {
    border-radius: 1em;
    background: var(--_color-accent);
  }

  .upload progress::-moz-progress-bar {
    border-radius: 1em;
    background: var(--_color-accent);
  }

  .upload .icon-button {
    inline-size: 1.75em;
    block-size: 1.75em;
    color: inherit;
  }

  .bubble[data-shape='picture'] .upload {
    position: absolute;
    inset-block-start: 0.5em;
    inset-inline: 0.5em;
    padding: 0.125em 0.25em 0.125em 0.75em;
    border-radius: 1em;
    background: rgb(0 0 0 / 60%);
    color: #ffffff;
  }

  .resend {
    flex: none;
    color: var(--_color-danger);
  }

  .resend:hover:not(:disabled) {
    color: var(--_color-danger);
  }

  .failure {
    max-inline-size: 100%;
    margin-block-start: 0.125em;
    color: var(--_color-danger);
    font-size: 0.75em;
  }

  .link {
    padding: 0;
    border: 0;
    border-radius: var(--_radius-small);
    background: none;
    color: var(--_color-accent-text);
    font: inherit;
    cursor: pointer;
  }

  .link:hover {
    text-decoration: underline;
  }

  .readers {
    margin-block-start: 0.125em;
    font-size: 0.75em;
  }

  .tools {
    position: absolute;
    inset-block-start: 50%;
    inset-inline-start: calc(100% + 0.25em);
    display: flex;
    opacity: 0;
    transform: translateY(-50%);
    transition: opacity var(--_duration);
  }

  im-message-row[data-own] .tools {
    inset-inline: auto calc(100% + 0.25em);
  }

  .tools .icon-button {
    inline-size: 1.875em;
    block-size: 1.875em;
  }

  im-message-row:is(:hover, :focus-within) .tools {
    opacity: 1;
  }

  @media (hover: none) {
    .tools {
      display: none;
    }
  }

  .notice {
    flex: 1;
    min-inline-size: 0;
    padding: 0.25em 1em;
    color: var(--_color-text-quiet);
    font-size: 0.8125em;
    text-align: center;
    overflow-wrap: anywhere;
  }

  @container (inline-size < 26em) {
    im-message-row {
      padding-inline: 0.625em;
      gap: 0.5em;
    }

    .body {
      max-inline-size: 84%;
    }

    .avatar {
      inline-size: 2em;
      --im-avatar-size: 2em;
    }
  }

  @media (forced-colors: active) {
    .bubble[data-shape='picture'] :is(.upload, .meta) {
      background: Canvas;
      color: CanvasText;
    }

    im-message-row[data-chosen] {
      outline: 2px solid Highlight;
      outline-offset: -2px;
    }
  }
`
