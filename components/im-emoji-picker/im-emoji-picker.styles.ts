import { css } from 'lit'

export const emojiPickerStyles = css`
  :host {
    display: block;
    /* Eight emoji in a row, and emoji-mart's own margins: its measures are in pixels. */
    inline-size: 316px;
    max-inline-size: 100%;
    block-size: var(--im-emoji-picker-height, 352px);
    max-block-size: 100%;
    overflow: hidden;
    background: var(--_color-surface-raised);
    color: var(--_color-text);
    font-family: var(--_font-family);
    font-size: var(--im-font-size, 16px);
    line-height: var(--_line-height);
  }

  .picker {
    block-size: 100%;
  }

  .state {
    display: flex;
    flex-direction: column;
    align-items: center;
    justify-content: center;
    gap: 0.75em;
    block-size: 100%;
    padding: 1em;
    color: var(--_color-text-quiet);
    text-align: center;
  }

  .action {
    padding: 0.375em 1em;
    border: 1px solid var(--_color-border);
    border-radius: var(--_radius);
    background: transparent;
    color: var(--_color-accent-text);
    font: inherit;
    cursor: pointer;
  }

  .action:hover {
    background: var(--_color-hover);
  }

  .action .icon {
    inline-size: 2em;
    block-size: 2em;
  }
`
