#!/usr/bin/env node
/** `node dist/main.js`: runs until it is told to stop by SIGTERM or SIGINT. */
import { startCompanion } from './companion.js'
import { ConfigurationError, configurationFrom } from './configuration.js'
import { createLog } from './log.js'

const log = createLog((line) => console.log(line))

try {
  const companion = await startCompanion(configurationFrom(process.env), log)
  const stop = () => {
    companion.stop().then(
      () => process.exit(0),
      (error: unknown) => {
        log('stopping failed', { error })
        process.exit(1)
      },
    )
  }
  process.once('SIGTERM', stop)
  process.once('SIGINT', stop)
} catch (error) {
  if (error instanceof ConfigurationError) console.error(error.message)
  else log('could not start', { error })
  process.exit(1)
}
