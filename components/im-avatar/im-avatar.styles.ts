import { css, unsafeCSS } from 'lit'

/** Dark enough for white letters, and none louder than the others. */
const palette = [
  '#b4553a',
  '#9a6412',
  '#5a761d',
  '#1c7a5b',
  '#187786',
  '#3b6fc4',
  '#6a5cc7',
  '#a84f92',
]

export const avatarStyles = css`
  :host {
    --_size: var(--im-avatar-size, 2.75em);
    display: inline-block;
    flex: none;
    inline-size: var(--_size);
    block-size: var(--_size);
    vertical-align: middle;
    user-select: none;
  }

  .avatar {
    position: relative;
    display: grid;
    place-items: center;
    container-type: inline-size;
    inline-size: 100%;
    block-size: 100%;
    overflow: hidden;
    border-radius: var(--_radius-avatar);
    background: var(--_background, var(--_color-badge-muted));
  }

  .placeholder {
    display: grid;
    place-items: center;
    inline-size: 100%;
    block-size: 100%;
    background: var(--_background, var(--_placeholder));
    color: #ffffff;
    font-weight: 600;
    line-height: 1;
    white-space: nowrap;
    /* Nine tenths of what two wide characters need. */
    font-size: 38cqi;
    letter-spacing: 0.01em;
  }

  .placeholder[data-length='2'] {
    font-size: 34cqi;
  }

  /* On a colour the page chose: black or white, whichever can be read. */
  @supports (color: lch(from red 0 0 0)) {
    .avatar[data-own-background] .placeholder {
      color: lch(from var(--_background) calc((58 - l) * 100) 0 0);
    }
  }

  .placeholder .icon {
    inline-size: 55cqi;
    block-size: 55cqi;
  }

  img {
    position: absolute;
    inset: 0;
    inline-size: 100%;
    block-size: 100%;
    object-fit: cover;
  }

  img:not([data-loaded]) {
    opacity: 0;
  }

  ${palette.map(
    (color, index) => css`
      .placeholder[data-color='${index}'] {
        --_placeholder: var(--im-avatar-color-${index + 1}, ${unsafeCSS(color)});
      }
    `,
  )}

  @media (forced-colors: active) {
    .avatar {
      border: 1px solid CanvasText;
    }

    .placeholder {
      background: Canvas;
      color: CanvasText;
    }
  }
`
