import { css } from 'lit'

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

  /* Dark enough for white letters, and none louder than the others. */
  .placeholder[data-color='0'] {
    --_placeholder: var(--im-avatar-color-1, #b4553a);
  }

  .placeholder[data-color='1'] {
    --_placeholder: var(--im-avatar-color-2, #9a6412);
  }

  .placeholder[data-color='2'] {
    --_placeholder: var(--im-avatar-color-3, #5a761d);
  }

  .placeholder[data-color='3'] {
    --_placeholder: var(--im-avatar-color-4, #1c7a5b);
  }

  .placeholder[data-color='4'] {
    --_placeholder: var(--im-avatar-color-5, #187786);
  }

  .placeholder[data-color='5'] {
    --_placeholder: var(--im-avatar-color-6, #3b6fc4);
  }

  .placeholder[data-color='6'] {
    --_placeholder: var(--im-avatar-color-7, #6a5cc7);
  }

  .placeholder[data-color='7'] {
    --_placeholder: var(--im-avatar-color-8, #a84f92);
  }

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
