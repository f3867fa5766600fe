import type { Decorator, Preview } from '@storybook/web-components-vite'
import { html } from 'lit'
// To be imported here as soon as they exist, since every story needs them:
//   import '../themes/imkit.css'
//   import '../src/define.js'

/** A story looks as on a page of this theme, language and direction. */
const onSuchAPage: Decorator = (story, { globals }) => {
  const theme = String(globals.theme)
  const lang = String(globals.locale).replace('_', '-')
  const dir = String(globals.direction)

  // The document too: popovers and what a story puts into the body are outside the wrapper.
  document.documentElement.dataset.imTheme = theme
  document.documentElement.lang = lang
  document.documentElement.dir = dir

  return html`<div data-im-theme=${theme} lang=${lang} dir=${dir}>${story()}</div>`
}

const preview: Preview = {
  decorators: [onSuchAPage],
  parameters: {
    // Violations are errors, in the panel as in test/stories.
    a11y: { test: 'error' },
  },
  initialGlobals: { theme: 'light', locale: 'zh_CN', direction: 'ltr' },
  globalTypes: {
    theme: {
      description: 'Theme',
      toolbar: {
        icon: 'paintbrush',
        dynamicTitle: true,
        items: [
          { value: 'light', title: 'Light' },
          { value: 'dark', title: 'Dark' },
        ],
      },
    },
    locale: {
      description: 'Language',
      toolbar: {
        icon: 'globe',
        dynamicTitle: true,
        items: [
          { value: 'zh_CN', title: '简体中文' },
          { value: 'en', title: 'English' },
        ],
      },
    },
    direction: {
      description: 'Direction',
      toolbar: {
        icon: 'transfer',
        dynamicTitle: true,
        items: [
          { value: 'ltr', title: 'Left to right' },
          { value: 'rtl', title: 'Right to left' },
        ],
      },
    },
  },
}

export default preview
