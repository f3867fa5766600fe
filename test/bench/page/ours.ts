/** The real thing: the tags, the kit, the client, its database; only the server is a script. */
import '../../../src/define.js'
import { imkit } from '../../../src/kit/index.js'
import { ScriptedBackend } from '../../support/scripted-backend.js'
import { own, people } from './archive.js'
import type { Contender } from './contender.js'
import { present } from './present.js'
import { archivedMessage, conversationOf, storeArchives } from './stored-archives.js'

const backend = new ScriptedBackend(own.id)
const list = document.createElement('message-list')

const contender: Contender = {
  async prepare({ name, archives }) {
    await storeArchives(name, archives)
    imkit.init({
      appkey: name,
      backend,
      language: 'en',
      service: {
        getUserProfile: (id) => people.find((person) => person.id === id),
        getConversationProfile: (conversations) =>
          conversations.map((it) => ({ ...it, name: `Group ${it.targetId}`, memberCount: 4 })),
        getGroupMembers: () => [...people],
      },
    })
    const isCaughtUp = new Promise((resolve) =>
      imkit.once('pull_offline_message_finished', resolve),
    )
    await imkit.connect('token')
    await isCaughtUp
    document.body.append(list)
    await list.updateComplete
  },
  open: (archive) => imkit.selectConversation(conversationOf(archive)),
  append: (message) => backend.say(archivedMessage(openArchive(), message)),
  scroller: () => list.shadowRoot!.querySelector<HTMLElement>('[part=scroller]') ?? list,
  root: () => list.shadowRoot!,
  row: 'im-message-row',
  line: '[part=time], [part=older], [part=unread]',
}

function openArchive(): { id: string } {
  return { id: imkit.currentConversation!.targetId }
}

present(contender)
