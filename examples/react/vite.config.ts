import react from '@vitejs/plugin-react'
import { defineConfig } from 'vite'

export default defineConfig({
  plugins: [react()],
  // Browsers that know light-dark(): with older ones the theme would be fixed for the whole page.
  build: { cssTarget: ['chrome123', 'firefox120', 'safari17.5'] },
})
