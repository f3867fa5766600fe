/**
 * Keeps the page for when there is no network: the network first, so that a new version is seen at
 * once, and else what is kept.
 */
const name = 'imkit-example-html'

const documents = [
  './',
  './style.css',
  ...['imkit', 'tokens', 'dark', 'high-contrast'].map(
    (theme) => `./node_modules/imkit/dist/themes/${theme}.css`,
  ),
]

self.addEventListener('install', (event) => event.waitUntil(keepEverything()))
self.addEventListener('activate', (event) => event.waitUntil(self.clients.claim()))
self.addEventListener('fetch', (event) => {
  if (event.request.method === 'GET') event.respondWith(answer(event.request))
})

async function keepEverything() {
  const cache = await caches.open(name)
  await cache.addAll(documents)
  await keepModule(cache, new URL('./main.js', location).href, new Set())
}

/**
 * A module and all it imports, at once or later: a menu that was never opened has to open offline
 * too. The names of the files change with each version; the modules themselves know them.
 */
async function keepModule(cache, address, known) {
  if (known.has(address)) return
  known.add(address)
  const response = await fetch(address)
  await cache.put(address, response.clone())
  const imports = (await response.text()).matchAll(/["'](\.\.?\/[^"']+\.js)["']/g)
  await Promise.all(
    Array.from(imports, ([, path]) => keepModule(cache, new URL(path, address).href, known)),
  )
}

async function answer(request) {
  const cache = await caches.open(name)
  try {
    const response = await fetch(request)
    if (response.ok) await cache.put(request, response.clone())
    return response
  } catch {
    return (await cache.match(request, { ignoreSearch: true })) ?? Response.error()
  }
}
