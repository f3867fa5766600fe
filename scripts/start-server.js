// `npm run start:server`: the demo, on a server of this machine. Arguments go to vite.

import { startDemoServer } from './server.js'
import { setUp } from './set-up.js'
import { startVite } from './start-vite.js'

try {
  setUp()
  const { server, tokens } = await startDemoServer()
  const { url, domain } = server
  process.exitCode = await startVite({
    VITE_IMKIT_SERVER: JSON.stringify({ url, domain, tokens }),
  })
  await server.stop()
} catch (error) {
  console.error(error instanceof Error ? error.message : error)
  process.exitCode = 1
}
