import { addons } from 'storybook/manager-api'
import { create } from 'storybook/theming'

// As the system has it: the toolbar's theme is that of the elements and of their documentation.
const base = matchMedia('(prefers-color-scheme: dark)').matches ? 'dark' : 'light'

addons.setConfig({ theme: create({ base, brandTitle: 'imkit' }) })
