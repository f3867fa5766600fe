/** The file a project gets for what only it knows: its users. */

/** @param {import('./project.js').Project} project */
export function serviceFile({ framework, isTypeScript, packageFile }) {
  const appkey = String(packageFile.name ?? 'my-app').replaceAll(/[^\w@/.-]/g, '-')
  const types = isTypeScript && framework === 'vue' ? "import 'imkit/vue'\n" : ''
  return `import 'imkit/define'
import 'imkit/themes/imkit.css'
import { imkit } from 'imkit'
import { local, localToken } from 'imkit/backends/local'
${types}${isTypeScript ? "import type { Service } from 'imkit'\n" : ''}
/** Who is who: answer with what your application knows. */
const service${isTypeScript ? ': Service' : ''} = {
  getUserProfile: async (userId) => ({ id: userId, name: userId }),
  getConversationProfile: async (conversations) =>
    conversations.map((conversation) => ({ ...conversation, name: conversation.targetId })),
  getGroupMembers: async () => [],
}

imkit.init({ appkey: '${appkey}', backend: local(), service })

// The user of your application, and whom they talk to.
void imkit.connect(localToken('alice')).then(() => {
  imkit.selectConversation({ conversationType: 1, targetId: 'bob' })
})
`
}
