import { css } from 'lit'

export const voiceStyles = css`
  :host {
    display: inline-flex;
    align-items: center;
    gap: 0.625em;
    inline-size: var(--im-voice-width, 15em);
    max-inline-size: 100%;
    color: inherit;
    font-size: 1em;
    vertical-align: middle;
  }

  .play {
    flex: none;
    display: grid;
    place-items: center;
    inline-size: 2.25em;
    block-size: 2.25em;
    padding: 0;
    border: 0;
    border-radius: 50%;
    background: var(--_color-accent);
    color: var(--_color-on-accent);
    font: inherit;
    cursor: pointer;
    transition: filter var(--_duration);
  }

  .play:hover {
    filter: brightness(1.08);
  }

  .play:focus-visible {
    outline-offset: 2px;
  }

  .play .icon {
    fill: currentColor;
  }

  .play im-spinner {
    color: inherit;
  }

  .track {
    position: relative;
    flex: 1;
    min-inline-size: 0;
    display: flex;
    align-items: center;
    gap: 2px;
    block-size: 2em;
    border-radius: var(--_radius-small);
  }

  .track:focus-within:has(:focus-visible) {
    outline: 2px solid var(--_color-focus);
    outline-offset: 2px;
  }

  .bar {
    flex: 1;
    min-block-size: 3px;
    border-radius: 2px;
    background: currentColor;
    opacity: 0.3;
    transition: opacity var(--_duration);
  }

  .bar[data-played] {
    background: var(--_color-accent-text);
    opacity: 1;
  }

  input {
    position: absolute;
    inset: 0;
    inline-size: 100%;
    margin: 0;
    opacity: 0;
    cursor: pointer;
  }

  input:disabled {
    cursor: default;
  }

  .time {
    flex: none;
    min-inline-size: 2.5em;
    color: color-mix(in srgb, currentColor 75%, transparent);
    font-size: 0.75em;
    font-variant-numeric: tabular-nums;
    text-align: end;
  }

  .failed {
    color: var(--_color-danger);
  }

  @media (forced-colors: active) {
    :host,
    .time {
      color: CanvasText;
    }

    .play {
      border: 1px solid ButtonText;
    }

    .bar {
      background: CanvasText;
      opacity: 0.5;
      forced-color-adjust: none;
    }

    .bar[data-played] {
      background: Highlight;
    }
  }
`
