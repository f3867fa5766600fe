import type { Decorator, Preview } from '@storybook/web-components-vite'
import { html } from 'lit'
import '../src/define.js'
import { imkit } from '../src/kit/kit.js'
import { untilShown } from '../stories/support/readiness.js'
import { strikeStage, type Loaded } from '../stories/support/staged.js'
import '../stories/support/frames.css'
import '../themes/imkit.css'
import { ElementPage, ThemedContainer } from './documentation.js'
import { defaultArgs, extractArgTypes, extractComponentDescription } from './element-docs.js'
import { toldEvents } from './told-events.js'

/** A story looks as on a page of this theme, language and direction; its elements find its kit. */
const onSuchAPage: Decorator = (story, { globals, loaded, viewMode }) => {
  const theme = String(globals.theme)
  const locale = String(globals.locale)
  const lang = locale.replace('_', '-')
  const dir = String(globals.direction)

  // The document too: popovers and what a story puts into the body are outside the wrapper.
  document.documentElement.dataset.imTheme = theme
  document.documentElement.lang = lang
  document.documentElement.dir = dir

  const { stage } = loaded as Loaded
  if (imkit.lang !== locale) imkit.changeLanguage({ lang: locale })
  stage?.changeLanguage(locale)

  return html`<im-provider .kit=${stage?.kit ?? imkit}>
    <div
      class=${viewMode === 'docs' ? 'story in-docs' : 'story'}
      data-im-theme=${theme}
      lang=${lang}
      dir=${dir}
    >
      ${story()}
    </div>
  </im-provider>`
}

/** As Storybook's own parts have it. */
function systemTheme(): 'light' | 'dark' {
  return matchMedia('(prefers-color-scheme: dark)').matches ? 'dark' : 'light'
}

function readersLanguage(): 'zh_CN' | 'en' {
  return navigator.language.startsWith('zh') ? 'zh_CN' : 'en'
}

const preview: Preview = {
  decorators: [onSuchAPage, toldEvents],
  argsEnhancers: [({ component, initialArgs }) => ({ ...defaultArgs(component), ...initialArgs })],
  beforeEach: () => {
    delete document.documentElement.dataset.storyReady
    return strikeStage
  },
  // Before the checks of the panel, which are `afterEach` of an addon.
  afterEach: async ({ id, parameters }) => {
    await untilShown((parameters.shows ?? []) as string[])
    document.documentElement.dataset.storyReady = id
  },
  parameters: {
    layout: 'fullscreen',
    // Violations are errors, in the panel as in test/stories.
    a11y: { test: 'error' },
    // With what the comments say, and not the names alone.
    controls: { expanded: true },
    docs: {
      container: ThemedContainer,
      page: ElementPage,
      toc: { headingSelector: 'h2, h3' },
      extractArgTypes,
      extractComponentDescription,
      // Without the page that a story is put on.
      source: { excludeDecorators: true },
    },
    options: {
      storySort: {
        order: [
          'Introduction',
          'Getting started',
          'Playground',
          'Elements',
          ['im-chat', 'conversation-list', 'message-list', 'message-editor'],
          'Helpers',
          'Themes',
          'Interactions',
          'Guides',
          [
            'Service',
            'Hooks',
            'Custom messages',
            'Theming',
            'Languages',
            'Backends',
            'Offline',
            'Security',
            'Accessibility',
            'Performance',
            'Migrating from RongCloud IMKit',
          ],
          'Reference',
          ['The kit', 'Errors', 'Changelog', 'Architecture'],
        ],
      },
    },
  },
  initialGlobals: { theme: systemTheme(), locale: readersLanguage(), direction: 'ltr' },
  globalTypes: {
    theme: {
      description: 'Theme',
      toolbar: {
        icon: 'paintbrush',
        dynamicTitle: true,
        items: [
          { value: 'light', title: 'Light' },
          { value: 'dark', title: 'Dark' },
          { value: 'high-contrast', title: 'High contrast' },
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
