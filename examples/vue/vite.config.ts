import vue from '@vitejs/plugin-vue'
import { defineConfig } from 'vite'

export default defineConfig({
  plugins: [
    vue({
      // Tags with a dash are elements of the page, not components of Vue.
      template: { compilerOptions: { isCustomElement: (tag) => tag.includes('-') } },
    }),
  ],
  // Browsers that know light-dark(): with older ones the theme would be fixed for the whole page.
  build: { cssTarget: ['chrome123', 'firefox120', 'safari17.5'] },
})
