import { css } from 'lit'
import { cardStyles } from './card.styles.js'

/** Bubbles and what is in them, wherever bubbles are shown. */
export const bubbleStyles = [
  css`
    .bubble {
      --_bubble: var(--_color-bubble-in);
      --_on-bubble: var(--_color-on-bubble-in);
      position: relative;
      min-inline-size: 0;
      max-inline-size: 100%;
      overflow: hidden;
      border-radius: var(--_radius-bubble);
      background: var(--_bubble);
      color: var(--_on-bubble);
      font-size: 0.9375em;
    }

    .bubble[data-shape='text'] {
      padding: 0.5em 0.75em;
    }

    .bubble[data-shape='picture'] {
      background: none;
    }

    .text {
      white-space: pre-wrap;
      overflow-wrap: anywhere;
    }

    .text a {
      color: var(--_color-accent-text);
      text-underline-offset: 0.15em;
    }

    .text[data-large] {
      font-size: 2.25em;
      line-height: 1.25;
    }

    .quote {
      display: flex;
      flex-wrap: wrap;
      align-items: center;
      gap: 0 0.5em;
      inline-size: 100%;
      margin: 0.125em 0 0.5em;
      padding: 0.375em 0.625em;
      border: 0;
      border-inline-start: 3px solid var(--_color-accent-text);
      border-radius: var(--_radius-small);
      background: color-mix(in srgb, var(--_on-bubble) 7%, transparent);
      color: inherit;
      font: inherit;
      font-size: 0.875em;
      text-align: start;
    }

    button.quote {
      cursor: pointer;
    }

    button.quote:hover {
      background: color-mix(in srgb, var(--_on-bubble) 11%, transparent);
    }

    .quote-sender {
      inline-size: 100%;
      /* The accent by itself is too pale on the quote's ground in one's own bubbles. */
      color: color-mix(in srgb, var(--_color-accent-text) 80%, var(--_on-bubble));
      font-weight: 600;
    }

    .quote-text {
      display: -webkit-box;
      flex: 1;
      min-inline-size: 0;
      overflow: hidden;
      -webkit-box-orient: vertical;
      -webkit-line-clamp: 2;
      line-clamp: 2;
    }

    .quote-image {
      flex: none;
      inline-size: 2.5em;
      block-size: 2.5em;
      border-radius: var(--_radius-small);
      object-fit: cover;
    }

    .picture {
      position: relative;
      display: block;
      max-inline-size: 100%;
      margin: 0;
      padding: 0;
      overflow: hidden;
      border: 0;
      border-radius: var(--_radius-bubble);
      background: none;
      color: inherit;
      font: inherit;
      cursor: pointer;
    }

    .picture-play {
      position: absolute;
      inset: 0;
      display: grid;
      place-items: center;
      pointer-events: none;
    }

    .picture-play .icon {
      inline-size: 1.5em;
      block-size: 1.5em;
      padding: 0.75em;
      box-sizing: content-box;
      border-radius: 50%;
      background: rgb(0 0 0 / 55%);
      color: #ffffff;
      fill: currentColor;
    }

    .picture-mark {
      position: absolute;
      inset-block-start: 0.5em;
      inset-inline-start: 0.5em;
      padding: 0.0625em 0.5em;
      border-radius: 1em;
      background: rgb(0 0 0 / 60%);
      color: #ffffff;
      font-size: 0.75em;
      font-variant-numeric: tabular-nums;
    }

    @media (forced-colors: active) {
      .bubble {
        border: 1px solid CanvasText;
      }

      /* The frame around it has the corners. */
      .picture {
        border-radius: 0;
      }

      .picture-play .icon,
      .picture-mark {
        background: Canvas;
        color: CanvasText;
      }
    }
  `,
  cardStyles,
]
