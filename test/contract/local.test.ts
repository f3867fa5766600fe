import { local, localToken } from '../../src/backends/local/index.js'
import { uuidv7 } from '../../src/model/identity.js'
import { describeBackend } from './backend-contract.js'
import { localCapabilities } from './local-capabilities.js'

describeBackend('local', {
  capabilities: localCapabilities,
  means: ['systemMessages', 'linkFailure', 'expiringTokens', 'samePlaces'],
  setUp: ({ catchUpLimit, ...limits }) => {
    const backend = local({ name: `contract-${uuidv7()}`, limits, catchUpLimit })
    return Promise.resolve({
      backend,
      tokenOf: (userId) => localToken(userId),
      expiredTokenOf: (userId) => localToken(userId, { expires: Date.now() - 1 }),
      sendSystemMessage: (userId, message) => backend.sendSystemMessage(userId, message),
      breakLinks() {
        backend.setOnline(false)
        backend.setOnline(true)
      },
      tearDown: () => backend.destroy(),
    })
  },
})
