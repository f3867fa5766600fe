// `npm start`: the demo on a development server. Arguments go to vite (`npm start -- --port 8080`).

import { setUp } from './set-up.js'
import { startVite } from './start-vite.js'

setUp()
process.exitCode = await startVite()
