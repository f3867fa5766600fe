import { css } from 'lit'

export const chatStyles = css`
  :host {
    block-size: 100%;
    min-block-size: 16em;
    container: im-chat / inline-size;
  }

  .chat {
    display: grid;
    grid-template-columns: minmax(0, var(--im-chat-list-width, 20em)) minmax(0, 1fr);
    block-size: 100%;
  }

  .conversations,
  .conversation {
    display: flex;
    flex-direction: column;
    min-block-size: 0;
    min-inline-size: 0;
  }

  .conversations {
    border-inline-end: 1px solid var(--_color-border);
  }

  /* All inside grows with this element's font size. */
  conversation-list,
  message-list,
  message-editor {
    font-size: inherit;
  }

  conversation-list,
  message-list,
  .conversations ::slotted(*),
  slot[name='messages']::slotted(*) {
    flex: 1;
    block-size: auto;
    min-block-size: 0;
  }

  message-editor,
  slot[name='editor']::slotted(*) {
    flex: none;
  }

  .header {
    display: flex;
    flex: none;
    align-items: center;
    gap: 0.5em;
    min-block-size: 3.75em;
    padding-block: 0.5em;
    padding-inline: 1.25em 0.75em;
    border-block-end: 1px solid var(--_color-border);
  }

  .header im-avatar {
    --im-avatar-size: 2.25em;
    margin-inline-end: 0.25em;
  }

  .title {
    flex: 1;
    min-inline-size: 0;
  }

  .name {
    margin: 0;
    overflow: hidden;
    font-size: 1em;
    font-weight: 600;
    line-height: 1.4;
    text-overflow: ellipsis;
    white-space: nowrap;
  }

  /* Whatever way they run, they start where the header does. */
  .name,
  .detail {
    text-align: -webkit-match-parent;
    text-align: match-parent;
  }

  .detail {
    margin: 0;
    overflow: hidden;
    color: var(--_color-text-quiet);
    font-size: 0.8125em;
    line-height: 1.4;
    text-overflow: ellipsis;
    white-space: nowrap;
  }

  .detail[data-typing] {
    color: var(--_color-accent-text);
  }

  .back {
    display: none;
  }

  .back:dir(rtl) .icon {
    transform: scaleX(-1);
  }

  .empty {
    display: grid;
    flex: 1;
    align-content: center;
    justify-items: center;
    gap: 1em;
    padding: 2em;
    background: var(--_color-surface-sunken);
    color: var(--_color-text-quiet);
    font-size: 0.9375em;
    text-align: center;
  }

  .empty .icon {
    inline-size: 3.5em;
    block-size: 3.5em;
    opacity: 0.6;
    stroke-width: 1.1;
  }

  /* A phone: one column, the list or the conversation. */
  @container im-chat (inline-size < 40em) {
    .chat {
      grid-template-columns: minmax(0, 1fr);
    }

    .conversations {
      border-inline-end: 0;
    }

    .chat[data-open] .conversations,
    .chat:not([data-open]) .conversation {
      display: none;
    }

    .back {
      display: inline-flex;
    }

    .header {
      padding-inline-start: 0.5em;
    }
  }
`
