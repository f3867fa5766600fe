import { css } from 'lit'

/**
 * What every element starts from: the tokens, and the few rules all of them share.
 *
 * Each public token `--im-…` has a private twin `--_…` that holds the value to use when the page
 * sets none, so that an element looks right without any theme file. The values follow the page's
 * `color-scheme`; themes/ sets it together with the tokens. Rules below read the twins only.
 *
 * Sizes are in `em`, all of them out of the one font size of the host.
 */
export const baseStyles = css`
  :host {
    --_color-surface: var(--im-color-surface, light-dark(#ffffff, #1b1d21));
    --_color-surface-sunken: var(--im-color-surface-sunken, light-dark(#f4f5f7, #141619));
    --_color-surface-raised: var(--im-color-surface-raised, light-dark(#ffffff, #272a30));
    --_color-hover: var(--im-color-hover, light-dark(rgb(20 24 33 / 5%), rgb(255 255 255 / 6%)));
    --_color-selected: var(--im-color-selected, light-dark(#e6effd, #26344d));
    --_color-border: var(--im-color-border, light-dark(#e4e6ea, #3a3f47));
    --_color-text: var(--im-color-text, light-dark(#1c1f24, #e8eaed));
    --_color-text-quiet: var(--im-color-text-quiet, light-dark(#59616d, #a9b0bb));
    --_color-accent: var(--im-color-accent, light-dark(#2b66e0, #2f6ae6));
    --_color-on-accent: var(--im-color-on-accent, #ffffff);
    --_color-accent-text: var(--im-color-accent-text, light-dark(#1d57ce, #8fb6ff));
    --_color-danger: var(--im-color-danger, light-dark(#be2a23, #ff9389));
    --_color-badge: var(--im-color-badge, #d5362e);
    --_color-on-badge: var(--im-color-on-badge, #ffffff);
    --_color-badge-muted: var(--im-color-badge-muted, light-dark(#e1e4e9, #3d424b));
    --_color-on-badge-muted: var(--im-color-on-badge-muted, light-dark(#4d545f, #d5d9df));
    --_color-online: var(--im-color-online, light-dark(#1a8a4a, #46c37b));
    --_color-notice: var(--im-color-notice, light-dark(#fff4d6, #3a3118));
    --_color-on-notice: var(--im-color-on-notice, light-dark(#6b4a00, #f1d999));
    --_color-bubble-in: var(--im-color-bubble-in, light-dark(#ffffff, #272a30));
    --_color-on-bubble-in: var(--im-color-on-bubble-in, light-dark(#1c1f24, #e8eaed));
    --_color-bubble-out: var(--im-color-bubble-out, light-dark(#d6e6ff, #233d6b));
    --_color-on-bubble-out: var(--im-color-on-bubble-out, light-dark(#1c1f24, #eef3ff));
    --_color-focus: var(--im-color-focus, light-dark(#2b66e0, #8fb6ff));
    --_color-backdrop: var(--im-color-backdrop, rgb(10 12 16 / 50%));
    --_color-scrollbar: var(
      --im-color-scrollbar,
      light-dark(rgb(20 24 33 / 22%), rgb(255 255 255 / 24%))
    );

    --_font-family: var(
      --im-font-family,
      system-ui,
      -apple-system,
      'Segoe UI',
      'PingFang SC',
      'Microsoft YaHei',
      'Noto Sans CJK SC',
      sans-serif
    );
    --_line-height: var(--im-line-height, 1.5);
    --_radius-small: var(--im-radius-small, 0.375em);
    --_radius: var(--im-radius, 0.5em);
    --_radius-large: var(--im-radius-large, 0.75em);
    --_radius-bubble: var(--im-radius-bubble, 0.75em);
    --_radius-avatar: var(--im-radius-avatar, 50%);
    --_shadow: var(
      --im-shadow,
      0 0.25em 1em light-dark(rgb(20 24 33 / 12%), rgb(0 0 0 / 45%)),
      0 0 0 1px light-dark(rgb(20 24 33 / 6%), rgb(255 255 255 / 8%))
    );
    --_duration: var(--im-duration, 120ms);
  }

  :host([hidden]) {
    display: none !important;
  }

  *,
  *::before,
  *::after {
    box-sizing: border-box;
  }

  :focus-visible {
    outline: 2px solid var(--_color-focus);
    outline-offset: -2px;
  }

  /* Names, message text, digests: whoever wrote them chose the direction. */
  [dir='auto'] {
    unicode-bidi: isolate;
  }

  .icon {
    display: block;
    flex: none;
    inline-size: 1.25em;
    block-size: 1.25em;
  }

  .visually-hidden:not(:focus-within) {
    position: absolute;
    inline-size: 1px;
    block-size: 1px;
    margin: -1px;
    padding: 0;
    border: 0;
    overflow: hidden;
    clip-path: inset(50%);
    white-space: nowrap;
  }

  /* A quiet button that shows an icon. */
  .icon-button {
    display: inline-flex;
    align-items: center;
    justify-content: center;
    inline-size: 2.25em;
    block-size: 2.25em;
    padding: 0;
    border: 0;
    border-radius: var(--_radius);
    background: transparent;
    color: var(--_color-text-quiet);
    font: inherit;
    cursor: pointer;
    transition: background-color var(--_duration);
  }

  .icon-button:hover:not(:disabled) {
    background: var(--_color-hover);
    color: var(--_color-text);
  }

  .icon-button:disabled {
    opacity: 0.45;
    cursor: default;
  }

  /* A button with words; primary is the one that does what this is about. */
  .button {
    padding: 0.5em 1em;
    /* To be seen on every surface: pages, dialogs, menus. */
    border: 1px solid color-mix(in srgb, currentColor 22%, transparent);
    border-radius: var(--_radius);
    background: transparent;
    color: var(--_color-text);
    font: inherit;
    cursor: pointer;
    transition: background-color var(--_duration);
  }

  .button:hover:not(:disabled) {
    background: var(--_color-hover);
  }

  .button:focus-visible {
    outline-offset: 2px;
  }

  .button.primary {
    border-color: var(--_color-accent);
    background: var(--_color-accent);
    color: var(--_color-on-accent);
  }

  .button.primary:hover:not(:disabled) {
    filter: brightness(1.08);
  }

  .button:disabled {
    opacity: 0.5;
    cursor: default;
  }

  /* Windows' contrast themes: only the system's own colours survive. */
  @media (forced-colors: active) {
    :host {
      --_color-surface: Canvas;
      --_color-surface-sunken: Canvas;
      --_color-surface-raised: Canvas;
      --_color-hover: Canvas;
      --_color-selected: Canvas;
      --_color-border: CanvasText;
      --_color-text: CanvasText;
      --_color-text-quiet: CanvasText;
      --_color-accent: Highlight;
      --_color-on-accent: HighlightText;
      --_color-accent-text: LinkText;
      --_color-danger: CanvasText;
      --_color-badge: ButtonFace;
      --_color-on-badge: ButtonText;
      --_color-badge-muted: ButtonFace;
      --_color-on-badge-muted: ButtonText;
      --_color-online: CanvasText;
      --_color-notice: Canvas;
      --_color-on-notice: CanvasText;
      --_color-bubble-in: Canvas;
      --_color-on-bubble-in: CanvasText;
      --_color-bubble-out: Canvas;
      --_color-on-bubble-out: CanvasText;
      --_color-focus: Highlight;
    }

    .button {
      border-color: ButtonText;
    }

    /* Else the browser puts a ground of its own behind the words, on which they can't be seen. */
    .button.primary {
      forced-color-adjust: none;
      border-color: Highlight;
    }
  }

  @media (prefers-reduced-motion: reduce) {
    *,
    *::before,
    *::after {
      animation-duration: 0.01ms !important;
      animation-iteration-count: 1 !important;
      /* A duration alone would have all there is change over, one level below the other. */
      transition: none !important;
    }
  }
`

/** The box of the elements a page puts somewhere itself: it scales and colours all inside. */
export const rootStyles = css`
  :host {
    display: block;
    overflow: hidden;
    background: var(--_color-surface);
    color: var(--_color-text);
    font-family: var(--_font-family);
    font-size: var(--im-font-size, 16px);
    line-height: var(--_line-height);
    text-align: start;
    overflow-wrap: anywhere;
    -webkit-tap-highlight-color: transparent;
  }

  button,
  input,
  textarea {
    font: inherit;
    color: inherit;
  }

  .scroller {
    overflow: auto;
    overscroll-behavior: contain;
    scrollbar-width: thin;
    scrollbar-color: var(--_color-scrollbar) transparent;
  }
`
