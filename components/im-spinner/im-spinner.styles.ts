import { css } from 'lit'

export const spinnerStyles = css`
  :host {
    display: inline-block;
    flex: none;
    inline-size: 1.25em;
    block-size: 1.25em;
    color: var(--_color-text-quiet);
    vertical-align: middle;
  }

  svg {
    display: block;
    inline-size: 100%;
    block-size: 100%;
    animation: turn 900ms linear infinite;
  }

  .track {
    opacity: 0.25;
  }

  @keyframes turn {
    to {
      transform: rotate(1turn);
    }
  }

  /* Still, but it must not look like something that has stopped. */
  @media (prefers-reduced-motion: reduce) {
    svg {
      animation: none;
    }

    .arc {
      stroke-dasharray: 1.5 4;
    }
  }
`
