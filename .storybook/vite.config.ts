import { defineConfig } from 'vite'

export default defineConfig({
  publicDir: false,
  // Relative, so that the built Storybook works below any path of any server.
  base: './',
  appType: 'mpa',
})
