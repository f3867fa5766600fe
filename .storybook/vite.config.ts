import { defineConfig, type Plugin } from 'vite'

export default defineConfig({
  publicDir: false,
  // Relative, so that the built Storybook works below any path of any server.
  base: './',
  appType: 'mpa',
  plugins: [customElements()],
  // Browsers that know `light-dark()`, which the elements use anyway. Rewritten for older ones, a
  // theme could not stand inside another.
  build: { target: ['chrome123', 'firefox120', 'safari17.5'] },
})

/** `virtual:custom-elements`: what the comments of the elements say, with no build before it. */
function customElements(): Plugin {
  const name = 'virtual:custom-elements'
  return {
    name: 'imkit:custom-elements',
    resolveId: (id) => (id === name ? `\0${name}` : undefined),
    async load(id) {
      if (id !== `\0${name}`) return
      const { elements } = await import('../scripts/elements.js')
      return `export const elements = ${JSON.stringify(elements)}`
    },
  }
}
