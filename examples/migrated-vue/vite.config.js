import vue from '@vitejs/plugin-vue'
import { defineConfig } from 'vite'

export default defineConfig({
  plugins: [
    vue({ template: { compilerOptions: { isCustomElement: (tag) => tag.includes('-') } } }),
  ],
  // All that was changed: where the three packages are.
  resolve: {
    alias: {
      '@rongcloud/imkit': 'imkit/rongcloud/imkit',
      '@rongcloud/imlib-next': 'imkit/rongcloud',
      '@rongcloud/engine': 'imkit/rongcloud/engine',
    },
  },
  build: { cssTarget: ['chrome123', 'firefox120', 'safari17.5'] },
})
