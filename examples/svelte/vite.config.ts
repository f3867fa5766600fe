import { svelte } from '@sveltejs/vite-plugin-svelte'
import { defineConfig } from 'vite'

export default defineConfig({
  plugins: [svelte()],
  // Browsers that know light-dark(): with older ones the theme would be fixed for the whole page.
  build: { cssTarget: ['chrome123', 'firefox120', 'safari17.5'] },
})
