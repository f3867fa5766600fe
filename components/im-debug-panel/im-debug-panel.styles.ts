import { css } from 'lit'

export const debugPanelStyles = css`
  :host {
    display: block;
    overflow: hidden;
    background: var(--_color-surface);
    color: var(--_color-text);
    font-family: var(--_font-family);
    line-height: var(--_line-height);
  }

  .panel {
    display: flex;
    flex-direction: column;
    gap: 1em;
    box-sizing: border-box;
    block-size: 100%;
    padding: 1em;
    overflow: auto;
  }

  h2 {
    margin: 0 0 0.25em;
    font-size: 1em;
    font-weight: 600;
  }

  p,
  ol,
  ul,
  dl {
    margin: 0;
    padding: 0;
    list-style: none;
  }

  p,
  dt,
  time {
    color: var(--_color-text-quiet);
  }

  dl {
    display: grid;
    grid-template-columns: max-content 1fr;
    column-gap: 1em;
  }

  dd {
    margin: 0;
  }

  dd,
  li {
    min-inline-size: 0;
    overflow-wrap: anywhere;
  }

  .refused,
  [data-name='sendFailed'] b {
    color: var(--_color-danger);
  }

  .heading {
    display: flex;
    align-items: baseline;
    justify-content: space-between;
    gap: 1em;
  }

  .events {
    max-block-size: 16em;
    overflow: auto;
    border: 1px solid var(--_color-border);
    border-radius: var(--_radius-small);
    padding: 0.5em;
    font-size: 0.875em;
  }

  button {
    padding: 0.25em 0.75em;
    border: 1px solid var(--_color-border);
    border-radius: var(--_radius-small);
    background: transparent;
    color: inherit;
    font: inherit;
    cursor: pointer;
  }
`
