/** What it means to be a backend: the same tests for each. `src/backends/backend.ts` has the words. */
import type { BackendUnderTest } from './backend-harness.js'
import { describeBlockList } from './block-list.js'
import { describeCatchUp } from './catch-up.js'
import { describeConnecting } from './connecting.js'
import { describeConversations } from './conversations.js'
import { describeDeleteForMe } from './delete-for-me.js'
import { describeDirectedMessages } from './directed-messages.js'
import { describeEdit } from './edit.js'
import { describeExpansion } from './expansion.js'
import { describeFiles } from './files.js'
import { describeGroups } from './groups.js'
import { describeHistory } from './history.js'
import { describeLimits } from './message-limits.js'
import { describePresence } from './presence.js'
import { describeProfiles } from './profiles.js'
import { describePush } from './push.js'
import { describeReactions } from './reactions.js'
import { describeReceipts } from './receipts.js'
import { describeRecall } from './recall.js'
import { describeSearch } from './search.js'
import { describeSending } from './sending.js'
import { describeSettings } from './settings.js'
import { describeStatusMessages } from './status-messages.js'
import { describeSystemMessages } from './system-messages.js'

export function describeBackend(name: string, backend: BackendUnderTest): void {
  const { capabilities, means } = backend
  describe(`backend ${name}`, () => {
    describeConnecting(backend)
    describeSending(backend)
    describeLimits(backend)
    describeHistory(backend)
    describeCatchUp(backend)
    describeSettings(backend)
    describeReceipts(backend)
    if (capabilities.includes('statusMessages')) describeStatusMessages(backend)
    if (capabilities.includes('recall')) describeRecall(backend)
    if (capabilities.includes('expansion')) describeExpansion(backend)
    if (capabilities.includes('edit')) describeEdit(backend)
    if (capabilities.includes('reactions')) describeReactions(backend)
    if (capabilities.includes('deleteForMe')) describeDeleteForMe(backend)
    if (capabilities.includes('conversations')) describeConversations(backend)
    if (capabilities.includes('search')) describeSearch(backend)
    if (capabilities.includes('groups')) describeGroups(backend)
    if (capabilities.includes('directedMessages')) describeDirectedMessages(backend)
    if (capabilities.includes('files')) describeFiles(backend)
    if (capabilities.includes('profiles')) describeProfiles(backend)
    if (capabilities.includes('blockList')) describeBlockList(backend)
    if (capabilities.includes('presence')) describePresence(backend)
    if (capabilities.includes('push')) describePush(backend)
    if (means.includes('systemMessages')) describeSystemMessages(backend)
  })
}
