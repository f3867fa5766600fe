import { css } from 'lit'

/** Bubbles that are a card: file, voice, place, page, messages sent on as one. */
export const cardStyles = css`
  .card {
    display: flex;
    inline-size: 17em;
    max-inline-size: 100%;
    padding: 0.75em 0.75em 0.25em;
    border: 0;
    background: none;
    color: inherit;
    font: inherit;
    text-align: start;
    text-decoration: none;
  }

  button.card,
  a.card {
    cursor: pointer;
  }

  button.card:disabled {
    cursor: default;
  }

  button.card:hover:not(:disabled),
  a.card:hover {
    background: color-mix(in srgb, var(--_on-bubble) 4%, transparent);
  }

  .card:focus-visible {
    border-radius: var(--_radius-bubble);
  }

  /* Names stand where the card's lines begin, whatever they are written in. */
  .card :is([dir='auto'], bdi) {
    text-align: -webkit-match-parent;
    text-align: match-parent;
  }

  .card-text {
    display: grid;
    flex: 1;
    min-inline-size: 0;
  }

  .card-quiet,
  .rich-host,
  .combined-foot {
    font-size: 0.8125em;
    opacity: 0.75;
  }

  .file {
    align-items: center;
    gap: 0.75em;
  }

  .file > .icon {
    opacity: 0.6;
  }

  .file-icon {
    --_kind: #5b6472;
    position: relative;
    flex: none;
    display: grid;
    place-items: center;
    inline-size: 2.75em;
    block-size: 2.75em;
    border-radius: var(--_radius);
    background: var(--_kind);
    color: #ffffff;
  }

  .file-icon .icon {
    inline-size: 1.75em;
    block-size: 1.75em;
    opacity: 0.45;
  }

  .file-ending {
    position: absolute;
    font-size: 0.6875em;
    font-weight: 700;
    text-transform: uppercase;
  }

  /* The ending says it all. */
  .file-icon:not(:has(.file-ending:empty)) .icon {
    display: none;
  }

  .file-icon[data-kind='archive'] {
    --_kind: #8a5a0b;
  }

  .file-icon[data-kind='audio'] {
    --_kind: #8a3fa0;
  }

  .file-icon[data-kind='code'] {
    --_kind: #35606e;
  }

  .file-icon[data-kind='document'] {
    --_kind: #2458b8;
  }

  .file-icon[data-kind='image'] {
    --_kind: #14735a;
  }

  .file-icon[data-kind='pdf'] {
    --_kind: #b3261e;
  }

  .file-icon[data-kind='slides'] {
    --_kind: #b04416;
  }

  .file-icon[data-kind='table'] {
    --_kind: #1b6f37;
  }

  .file-icon[data-kind='video'] {
    --_kind: #5846b5;
  }

  .file-name {
    display: -webkit-box;
    overflow: hidden;
    -webkit-box-orient: vertical;
    -webkit-line-clamp: 2;
    line-clamp: 2;
    overflow-wrap: anywhere;
  }

  im-voice {
    padding: 0.5em 0.75em 0;
    box-sizing: border-box;
  }

  /* As large as it will be: nothing moves when the player is there. */
  im-voice:not(:defined) {
    display: flex;
    align-items: center;
    inline-size: var(--im-voice-width, 15em);
    max-inline-size: 100%;
    block-size: 2.75em;
  }

  .location {
    flex-direction: column;
    padding: 0;
  }

  .location ~ .meta {
    margin-block-start: 0.375em;
  }

  .location-name {
    padding: 0.5em 0.75em;
  }

  .location-map {
    position: relative;
    display: grid;
    place-items: center;
    inline-size: 100%;
    block-size: 8em;
    background:
      linear-gradient(var(--_color-border) 1px, transparent 1px) 0 0 / 1.5em 1.5em,
      linear-gradient(90deg, var(--_color-border) 1px, transparent 1px) 0 0 / 1.5em 1.5em,
      var(--_color-surface-sunken);
  }

  .location-map img {
    position: absolute;
    inset: 0;
    inline-size: 100%;
    block-size: 100%;
    object-fit: cover;
  }

  .location-pin .icon {
    position: relative;
    inline-size: 2em;
    block-size: 2em;
    color: #c22f27;
    fill: #ffffff;
  }

  .rich {
    flex-direction: column;
    gap: 0.375em;
  }

  .rich-title,
  .combined-title {
    font-weight: 600;
    overflow-wrap: anywhere;
  }

  .rich-body {
    display: flex;
    gap: 0.75em;
  }

  .rich-text {
    display: -webkit-box;
    flex: 1;
    min-inline-size: 0;
    overflow: hidden;
    -webkit-box-orient: vertical;
    -webkit-line-clamp: 3;
    line-clamp: 3;
    font-size: 0.875em;
    opacity: 0.8;
    overflow-wrap: anywhere;
  }

  .rich-image {
    flex: none;
    inline-size: 4em;
    block-size: 4em;
    border-radius: var(--_radius-small);
    object-fit: cover;
  }

  .rich-host {
    overflow: hidden;
    text-overflow: ellipsis;
    white-space: nowrap;
  }

  .combined {
    flex-direction: column;
    gap: 0.125em;
  }

  .combined-line {
    overflow: hidden;
    font-size: 0.875em;
    opacity: 0.8;
    text-overflow: ellipsis;
    white-space: nowrap;
  }

  .combined-foot {
    display: flex;
    align-items: center;
    gap: 0.375em;
    margin-block-start: 0.375em;
    padding-block-start: 0.375em;
    border-block-start: 1px solid color-mix(in srgb, var(--_on-bubble) 14%, transparent);
  }

  .combined-foot .icon {
    inline-size: 1.125em;
    block-size: 1.125em;
  }

  @media (forced-colors: active) {
    .file-icon {
      border: 1px solid CanvasText;
    }
  }
`
