/** The page: who is logged in, and what its buttons do. */
import { imkit, localToken } from './node_modules/imkit/dist/cdn/imkit.js'
import { CardMessage, nameOf, people, privateWith, startKit } from './kit.js'
import { askWhereTo } from './forward-dialog.js'

const find = (selector) => document.querySelector(selector)
const [logIn, header, main, notes] = ['#log-in', 'header', 'main', 'aside'].map(find)
const conversationList = find('conversation-list')
const messageList = find('message-list')

let others = []
let partner = ''

startKit()
void navigator.serviceWorker?.register('./service-worker.js')
showLanguage()
document.documentElement.dataset.imTheme = 'light'

messageList.customMenu = [
  {
    name: ({ messageType }) => (messageType === 'RC:TxtMsg' ? 'Note down' : ''),
    callback: ({ content }) => {
      const note = document.createElement('p')
      note.textContent = content.content
      notes.append(note)
      notes.hidden = false
    },
  },
]
messageList.forwardList = { callback: () => askWhereTo(others) }
conversationList.addEventListener('tapConversation', ({ detail }) => setPartner(detail.targetId))

logIn.addEventListener('submit', async (event) => {
  event.preventDefault()
  const userId = await imkit.connect(localToken(new FormData(logIn).get('user')))
  others = people.filter(({ id }) => id !== userId)
  find('#me').textContent = nameOf(userId)
  find('nav').replaceChildren(...others.map(personButton))
  showPage(true)
})

find('#log-out').addEventListener('click', async () => {
  await imkit.disconnect()
  setPartner('')
  showPage(false)
})

find('#card').addEventListener('click', () =>
  imkit.sendMessage(privateWith(partner), new CardMessage({ title: 'Two tickets' })),
)

find('#dark').addEventListener('click', ({ currentTarget }) => {
  const { dataset } = document.documentElement
  dataset.imTheme = dataset.imTheme === 'dark' ? 'light' : 'dark'
  currentTarget.setAttribute('aria-pressed', String(dataset.imTheme === 'dark'))
})

find('#language').addEventListener('click', () => {
  imkit.changeLanguage({ lang: imkit.lang === 'en' ? 'zh_CN' : 'en' })
  showLanguage()
})

find('#show').addEventListener('click', ({ currentTarget }) => {
  if (main.isConnected) main.remove()
  else header.after(main)
  currentTarget.textContent = main.isConnected ? 'Hide the chat' : 'Show the chat'
})

function personButton({ id, name }) {
  const button = document.createElement('button')
  button.textContent = name
  button.addEventListener('click', () => {
    setPartner(id)
    imkit.selectConversation(privateWith(id))
  })
  return button
}

function setPartner(id) {
  partner = id
  find('#card').disabled = id === ''
}

function showLanguage() {
  find('#language').textContent = imkit.lang === 'en' ? '中文' : 'English'
}

function showPage(isLoggedIn) {
  logIn.hidden = isLoggedIn
  header.hidden = !isLoggedIn
  main.hidden = !isLoggedIn
}
