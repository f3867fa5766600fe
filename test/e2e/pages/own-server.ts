/** The option that points a page written for the original at a server, if the test has one. */
import { xmpp } from '../../../src/backends/xmpp/index.js'
import './test-setting.js'

const { server } = window.testSetting

export const ownServer = server && { backend: xmpp({ url: server.url, domain: server.domain }) }
