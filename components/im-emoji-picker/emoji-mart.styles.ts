/**
 * Laid over emoji-mart's own sheet, inside its shadow root: colours from the tokens, which reach it
 * by inheritance, and the measures of a popup.
 */
export const emojiMartStyles = `
  :host {
    --font-family: var(--_font-family);
    --font-size: 14px;
    --border-radius: 0;
    --shadow: none;
    --category-icon-size: 18px;
    inline-size: 100%;
    block-size: 100%;
    min-block-size: 0;
  }

  #root {
    --color-a: var(--_color-text);
    --color-b: var(--_color-text-quiet);
    --color-c: var(--_color-text-quiet);
    --em-color-border: var(--_color-hover);
    --em-color-border-over: var(--_color-border);
    --duration: var(--_duration);
    inline-size: 100% !important;
    background: transparent;
  }

  :host, #root, input, button {
    color: var(--_color-text);
  }

  .scroll {
    scrollbar-width: thin;
    scrollbar-color: var(--_color-scrollbar) transparent;
  }

  .sticky {
    background: var(--_color-surface-raised);
    backdrop-filter: none;
    color: var(--_color-text-quiet);
  }

  .search input[type='search'] {
    background: var(--_color-surface-sunken);
    border-radius: var(--_radius);
  }

  .search input[type='search']:focus {
    background: var(--_color-surface);
    box-shadow: inset 0 0 0 2px var(--_color-focus);
  }

  .search input[type='search']::placeholder {
    color: var(--_color-text-quiet);
    opacity: 1;
  }

  .search .icon {
    color: var(--_color-text-quiet);
  }

  #nav button[aria-selected] {
    color: var(--_color-accent-text);
  }

  #nav .bar {
    background: var(--_color-accent);
  }

  .category button .background {
    background: var(--_color-hover);
  }

  .category button[aria-selected] .background {
    box-shadow: inset 0 0 0 2px var(--_color-focus);
  }

  .menu {
    background: var(--_color-surface-raised);
    backdrop-filter: none;
    box-shadow: var(--_shadow);
  }

  .menu input[type='radio']:checked + .option {
    box-shadow: inset 0 0 0 2px var(--_color-focus);
  }

  .option:hover {
    background: var(--_color-hover);
    color: var(--_color-text);
  }

  button:focus-visible {
    outline: 2px solid var(--_color-focus);
    outline-offset: -2px;
  }

  @media (forced-colors: active) {
    .category button[aria-selected] .background {
      border: 2px solid Highlight;
    }
  }
`
