import { defineConfig } from 'vite'

export default defineConfig({
  publicDir: false,
  // Relative, so that the built Storybook works below any path of any server.
  base: './',
  appType: 'mpa',
  // Browsers that know `light-dark()`, which the elements use anyway. Rewritten for older ones, a
  // theme could not stand inside another.
  build: { target: ['chrome123', 'firefox120', 'safari17.5'] },
})
